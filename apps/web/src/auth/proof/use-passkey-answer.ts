import type { AssertionResponse } from '@app/contract'
import { useApi } from '../../api/api.ts'
import { failureText } from '../../api/failure-text.ts'
import type { Message } from '../../api/failure-text.ts'
import { buttonProblem } from '../../api/form-problems.ts'
import { askForPasskey, passkeyTexts } from './webauthn.ts'

export type PasskeyPurpose = 'login' | 'second-factor' | 'elevation'

type Answered =
  | { ok: true; response: AssertionResponse }
  /** Without a problem, the page itself stopped the request. */
  | { ok: false; problem?: Message }

/** Returns a function that asks the browser for a passkey, after a click. */
export function usePasskeyAnswer(purpose: PasskeyPurpose): () => Promise<Answered> {
  const api = useApi()
  return async () => {
    const options = await api.attempt(api.client.auth.passkeyOptions.mutate({ purpose }))
    if (!options.ok) {
      const { failure } = options
      switch (failure.reason) {
        case 'LOGIN_EXPIRED':
        case 'COOKIE_MISSING':
        case 'PASSKEYS_UNAVAILABLE':
          return { ok: false, problem: failureText(failure) }
        default:
          return { ok: false, problem: buttonProblem(failure, options.requestId) }
      }
    }
    const answer = await askForPasskey(options.value)
    if (answer.ok) return answer
    return answer.problem === 'aborted' ? { ok: false } : { ok: false, problem: passkeyTexts[answer.problem] }
  }
}
