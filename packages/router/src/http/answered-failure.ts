import type { Reason } from '@app/contract'

interface AnsweredFailure {
  reason: Reason
  retryAfterSeconds?: number
}

/** The failure in what tRPC is about to send for one call; undefined in an answer. */
export function answeredFailure(call: object): AnsweredFailure | undefined {
  const failure = dig(dig(dig(call, 'error'), 'data'), 'failure')
  // Sound: every error has the shape that failureShape gives it.
  return failure === undefined ? undefined : (failure as AnsweredFailure)
}

function dig(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
