import type { AnyFailure, EveryCallFailure } from '@app/client'
import type { Failure } from '@app/contract'

/**
 * Failures that every page shows in the same way. A query with other failures names them: when the server
 * declares one more, the query does not compile until its page handles it.
 */
export type QueryFailure =
  | EveryCallFailure
  | Failure<
      | 'UNAUTHENTICATED'
      | 'SESSION_EXPIRED'
      | 'FORBIDDEN'
      | 'FACTOR_REQUIRED'
      | 'REAUTH_REQUIRED'
      | 'SCOPE_REQUIRED'
    >

/** Returns whether an error is a defect of this app and not a declared failure. */
export function isOwnDefect(error: Error): boolean {
  return !(error instanceof CallFailed)
}

/** A declared failure of a query, thrown for the page to show it. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  readonly failure: AnyFailure
  /** The request id in the server's log; null without a response. */
  readonly requestId: string | null
  /** In milliseconds since 1970. */
  readonly failedAt = Date.now()

  constructor(failure: AnyFailure, requestId: string | null) {
    super(`The call failed: ${failure.reason}`)
    this.failure = failure
    this.requestId = requestId
  }
}
