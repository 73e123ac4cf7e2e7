import type { AssertionResponse } from '@app/contract'
import type { Api } from '../../api/api.ts'
import { askForPasskey, supportsPasskeyAutofill } from './webauthn.ts'

/** Challenges live for five minutes; a new one is fetched before, so that a late choice still works. */
const roundMs = 4 * 60_000

/**
 * Offers the passkeys in the suggestions of the user name field until the user chooses one or `signal`
 * aborts. Failures are silent: the button and the password still work.
 */
export async function offerPasskeys(api: Api, signal: AbortSignal): Promise<AssertionResponse | null> {
  if (!(await supportsPasskeyAutofill())) return null
  while (!signal.aborted) {
    const options = await api.attempt(api.client.auth.passkeyOptions.mutate({ purpose: 'login' }))
    if (!options.ok || signal.aborted) return null
    const round = new AbortController()
    const timer = setTimeout(() => round.abort(), roundMs)
    const answer = await askForPasskey(options.value, {
      mediation: 'conditional',
      signal: AbortSignal.any([signal, round.signal]),
    })
    clearTimeout(timer)
    if (answer.ok) return answer.response
    if (answer.problem !== 'aborted') return null
    await whileVisible()
  }
  return null
}

/** Resolves when the tab is visible, so that a hidden one calls the server no more. */
async function whileVisible(): Promise<void> {
  if (!document.hidden) return
  const { promise, resolve } = Promise.withResolvers<void>()
  document.addEventListener('visibilitychange', () => resolve(), { once: true })
  await promise
}
