import type { Unreachable } from '@app/client'
import type { CommonReason, Failure, ProtocolReason } from '@app/contract'

/** What any call of this app can fail with. */
export type AnyFailure = Failure | Unreachable

/**
 * The failures that every page shows in the same way where an answer would stand. A query that has others names them when it is
 * asked: one that is declared on the server does not compile here until somebody has looked at it.
 */
export type QueryFailure = Failure<
  CommonReason | ProtocolReason | 'UNAUTHENTICATED' | 'SESSION_EXPIRED' | 'FORBIDDEN'
>

/** Whether an error is a defect of this app: everything but what a procedure declares. */
export function isOwnDefect(error: Error): boolean {
  return !(error instanceof CallFailed)
}

/** A declared failure of a query, on its way to the place on the page that shows it. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  readonly failure: AnyFailure
  /** Under which the server logged the call; null when no answer came. */
  readonly requestId: string | null
  /** In milliseconds since 1970. */
  readonly failedAt = Date.now()

  constructor(failure: AnyFailure, requestId: string | null) {
    super(`The call failed: ${failure.reason}`)
    this.failure = failure
    this.requestId = requestId
  }
}
