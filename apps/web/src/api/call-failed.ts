import type { AnyFailure, EveryCallFailure } from '@app/client'
import type { Failure } from '@app/contract'

/**
 * Failures that every page shows alike in place of the value. A query with other failures names them: when
 * the server declares one more, the query does not compile until its page handles it.
 */
export type QueryFailure = EveryCallFailure | Failure<'UNAUTHENTICATED' | 'SESSION_EXPIRED' | 'FORBIDDEN'>

/** Returns whether an error is a defect of this app and no declared failure. */
export function isOwnDefect(error: Error): boolean {
  return !(error instanceof CallFailed)
}

/** A declared failure of a query, thrown for the page to show it. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed'
  readonly failure: AnyFailure
  /** The id under which the server logged the call; null when no answer came. */
  readonly requestId: string | null
  /** In milliseconds since 1970. */
  readonly failedAt = Date.now()

  constructor(failure: AnyFailure, requestId: string | null) {
    super(`The call failed: ${failure.reason}`)
    this.failure = failure
    this.requestId = requestId
  }
}
