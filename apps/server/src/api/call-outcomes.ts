import type { Reason } from '@app/contract'
import type { Response } from 'express'

/** How a call ended. */
export interface CallOutcome {
  /** Null when the request was rejected before it was known what it calls. */
  path: string | null
  outcome: 'ok' | Reason
}

const outcomes = new WeakMap<Response, readonly CallOutcome[]>()

/**
 * Records how the calls of a request ended, for its log line and the metrics. Replaces what was recorded
 * before.
 */
export function recordOutcomes(response: Response, calls: readonly CallOutcome[]): void {
  outcomes.set(response, calls)
}

export function outcomesOf(response: Response): readonly CallOutcome[] {
  return outcomes.get(response) ?? []
}
