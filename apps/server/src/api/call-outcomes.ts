import type { Reason } from '@app/contract'
import type { Response } from 'express'

/** The end of a call. */
export interface CallOutcome {
  /** Null when the request was rejected before its procedure was known. */
  path: string | null
  outcome: 'ok' | Reason
}

const outcomes = new WeakMap<Response, readonly CallOutcome[]>()

/** Records how the calls of a request ended, for its log line and the metrics. Replaces earlier outcomes. */
export function recordOutcomes(response: Response, calls: readonly CallOutcome[]): void {
  outcomes.set(response, calls)
}

export function outcomesOf(response: Response): readonly CallOutcome[] {
  return outcomes.get(response) ?? []
}
