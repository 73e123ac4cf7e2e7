import { failures } from '@app/contract'
import type { Failure, ProtocolReason } from '@app/contract'
import { failureShape } from '@app/router'
import type { Response } from 'express'
import { recordOutcomes } from '../api/call-outcomes.ts'
import { requestIdOf } from './request-id.ts'

/** A failure that the host returns before any procedure runs. */
export type HostFailure = Failure<ProtocolReason | 'INVALID_INPUT' | 'INTERNAL' | 'BUSY' | 'UNAVAILABLE'>

/**
 * Sends a failure in the shape of every failed call, and records it as the outcome.
 * @param path the procedure, if it declares the failure
 */
export function sendFailure(response: Response, failure: Failure, path?: string): void {
  recordOutcomes(response, [{ path: path ?? null, outcome: failure.reason }])
  if ('retryAfterSeconds' in failure) response.set('Retry-After', String(failure.retryAfterSeconds))
  response
    .status(failures[failure.reason].status)
    .set('Cache-Control', 'no-store')
    .json({ error: failureShape(failure, { path, requestId: requestIdOf(response) }) })
}
