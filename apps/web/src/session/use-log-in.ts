import type { SignedIn } from '@latchkey/contract'
import { useSearch } from 'wouter'

import { useFlash } from '../components/flash.tsx'
import { returnPath } from './redirect-to.ts'
import { useSession } from './session-context.ts'
import { useTabs } from './tabs-context.ts'

/** What happens when a log-in or a sign-up has succeeded. `StrangersOnly` leads on from the form. */
export function useLogIn(): (answer: SignedIn, welcome?: string) => void {
  const session = useSession()
  const tabs = useTabs()
  const flash = useFlash()
  const search = useSearch()
  return (answer, welcome) => {
    switch (answer.status) {
      case 'signed-in':
        if (welcome === undefined) flash.dismiss()
        else flash.show(welcome, new URL(returnPath(search), window.location.origin).pathname)
        session.enter(answer.user)
        tabs.tell('signed-in')
    }
  }
}
