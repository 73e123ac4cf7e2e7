import type { SignedIn } from '@app/contract'
import { useSearch } from 'wouter'
import { useApi } from '../api/api.ts'
import type { Problems } from '../api/form-problems.ts'
import { useFlash } from '../components/flash.tsx'
import { useSession } from '../session/session-context.ts'
import { useTabs } from '../session/tabs-context.ts'
import { dropLoginWait } from './login-wait.ts'
import { redirectTarget } from './redirect-to.ts'

const cookieRefused =
  'your browser did not keep the cookie of your session, so you are not logged in. Allow cookies for this site, then log in again.'

/**
 * Applies the session after a log-in or a sign-up; then `SignedOutOnly` redirects. If the browser blocks
 * cookies, the next call has no session, and the form says so.
 * @param welcome the message for a new user
 */
export function useLogIn(): (result: SignedIn, welcome?: string) => Promise<Problems | undefined> {
  const api = useApi()
  const session = useSession()
  const tabs = useTabs()
  const flash = useFlash()
  const search = useSearch()
  return async (result, welcome) => {
    const next = await api.attempt(api.client.auth.session.query())
    // Without a response this is unknown; the next pages find out.
    if (next.ok && next.value?.user.id !== result.user.id)
      return {
        form: `${welcome === undefined ? 'Y' : 'Your account is ready, but y'}${cookieRefused.slice(1)}`,
      }
    if (welcome === undefined) flash.dismiss()
    else flash.show(welcome, { path: new URL(redirectTarget(search), window.location.origin).pathname })
    dropLoginWait()
    session.signedIn(result.user)
    tabs.post('signed-in')
    return undefined
  }
}
