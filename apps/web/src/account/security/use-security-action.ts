import type { Call } from '@app/client'
import type { Failure, Self } from '@app/contract'
import { useState } from 'react'
import type { QueryFailure } from '../../api/call-failed.ts'
import { failureText } from '../../api/failure-text.ts'
import type { Message } from '../../api/failure-text.ts'
import { buttonProblem } from '../../api/form-problems.ts'
import { useConfirmed } from '../../auth/confirm-identity.tsx'
import { useRefreshedSecurity } from './use-security.ts'

/** Failures whose own sentence says what to do. */
type SpokenFailure = Failure<
  | 'CODE_INVALID'
  | 'FACTOR_EXISTS'
  | 'FACTOR_LIMIT'
  | 'LAST_WAY_IN'
  | 'NOT_FOUND'
  | 'PASSKEY_INVALID'
  | 'PASSKEYS_UNAVAILABLE'
>

interface SecurityAction {
  pending: boolean
  problem: Message | undefined
  /** Shows a problem of the browser, or removes the one on screen. */
  setProblem: (problem: Message | undefined) => void
  /**
   * Makes a call, after a confirmation that it is the user if required, and reloads the overview.
   * @returns undefined after a failure, which is shown then
   */
  run: <Value>(call: () => Call<Value, QueryFailure | SpokenFailure>) => Promise<Value | undefined>
}

/** An action of the Security page. */
export function useSecurityAction(viewer: Self): SecurityAction {
  const confirmed = useConfirmed()
  const refresh = useRefreshedSecurity(viewer)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  async function run<Value>(call: () => Call<Value, QueryFailure | SpokenFailure>) {
    setPending(true)
    setProblem(undefined)
    const result = await confirmed(call)
    // Also after a failure: something may have been changed elsewhere.
    await refresh()
    setPending(false)
    if (result.ok) return result.value
    const { failure } = result
    switch (failure.reason) {
      case 'CODE_INVALID':
      case 'FACTOR_EXISTS':
      case 'FACTOR_LIMIT':
      case 'LAST_WAY_IN':
      case 'NOT_FOUND':
      case 'PASSKEY_INVALID':
      case 'PASSKEYS_UNAVAILABLE':
      case 'REAUTH_REQUIRED':
        setProblem(failureText(failure))
        break
      default:
        setProblem(buttonProblem(failure, result.requestId))
    }
    return undefined
  }

  return { pending, problem, setProblem, run }
}
