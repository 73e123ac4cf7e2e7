import type { Unreachable } from '@latchkey/client'
import type { Failure } from '@latchkey/contract'

/** What any call of this app can fail with. */
export type AnyFailure = Failure | Unreachable

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
