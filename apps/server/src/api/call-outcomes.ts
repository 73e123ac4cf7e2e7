import type { ServerResponse } from 'node:http'
import type { Reason } from '@app/contract'
import { perRequest } from '../http/per-request.ts'

/** The end of a call. */
export interface CallOutcome {
  /** Null when the request was rejected before its procedure was known. */
  path: string | null
  outcome: 'ok' | Reason
}

const outcomes = perRequest<ServerResponse, readonly CallOutcome[]>('outcomes')

/** Records how the calls of a request ended, for its log line and the metrics. Replaces earlier outcomes. */
export function recordOutcomes(response: ServerResponse, calls: readonly CallOutcome[]): void {
  outcomes.set(response, calls)
}

export function outcomesOf(response: ServerResponse): readonly CallOutcome[] {
  return outcomes.get(response) ?? []
}

const tokenIds = perRequest<ServerResponse, () => string | null>('token id')

/** @param tokenId returns the public id of the request's access token, once it is known to be valid */
export function setTokenId(response: ServerResponse, tokenId: () => string | null): void {
  tokenIds.set(response, tokenId)
}

export function tokenIdOf(response: ServerResponse): string | null {
  return tokenIds.get(response)?.() ?? null
}
