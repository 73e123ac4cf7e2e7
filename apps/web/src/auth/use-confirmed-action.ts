import type { Call } from '@app/client'
import type { Failure } from '@app/contract'
import { useState } from 'react'
import type { QueryFailure } from '../api/call-failed.ts'
import { failureText } from '../api/failure-text.ts'
import type { Message } from '../api/failure-text.ts'
import { buttonProblem } from '../api/form-problems.ts'
import { useConfirmed } from './confirm-identity.tsx'

/** Failures whose own sentence says what to do. */
const refusals = [
  'CODE_INVALID',
  'FACTOR_EXISTS',
  'FACTOR_LIMIT',
  'LAST_WAY_IN',
  'NOT_FOUND',
  'PASSKEY_INVALID',
  'PASSKEYS_UNAVAILABLE',
] as const
type Refusal = Failure<(typeof refusals)[number]>

interface ConfirmedAction {
  pending: boolean
  problem: Message | undefined
  /** Shows a problem of the browser, or removes the one on screen. */
  setProblem: (problem: Message | undefined) => void
  /**
   * Makes a call, after a confirmation that it is the user if required.
   * @param onNotFound called after NOT_FOUND, which is not shown then
   * @returns undefined after a failure
   */
  run: <Value>(
    call: () => Call<Value, QueryFailure | Refusal>,
    onNotFound?: () => void,
  ) => Promise<Value | undefined>
}

/**
 * Returns the state of a button or dialog that makes a call.
 * @param refresh reloads what the call may change
 */
export function useConfirmedAction(refresh?: () => Promise<void>): ConfirmedAction {
  const confirmed = useConfirmed()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<Message>()

  const run: ConfirmedAction['run'] = async (call, onNotFound) => {
    setPending(true)
    setProblem(undefined)
    const result = await confirmed(call)
    // Also after a refusal: something may have been changed elsewhere.
    if (result.ok || isRefusal(result.failure)) await refresh?.()
    setPending(false)
    if (result.ok) return result.value
    const { failure, requestId } = result
    if (failure.reason === 'NOT_FOUND' && onNotFound !== undefined) onNotFound()
    else if (failure.reason === 'REAUTH_REQUIRED' || isRefusal(failure)) setProblem(failureText(failure))
    else setProblem(buttonProblem(failure, requestId))
    return undefined
  }

  return { pending, problem, setProblem, run }
}

function isRefusal(failure: QueryFailure | Refusal): failure is Refusal {
  return refusals.some((reason) => reason === failure.reason)
}
