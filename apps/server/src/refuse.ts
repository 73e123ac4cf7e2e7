import { failures, type Failure, type ProtocolReason } from '@latchkey/contract'
import { failureShape } from '@latchkey/router'
import type { Response } from 'express'

import { noteCalls } from './noted-calls.ts'
import { requestIdOf } from './request-id.ts'

/** A failure that the host answers itself, before any procedure. */
export type HostFailure = Failure<ProtocolReason | 'INVALID_INPUT' | 'INTERNAL'>

/** Answers in the shape of every other failed call. */
export function refuse(response: Response, failure: HostFailure): void {
  noteCalls(response, [{ path: null, outcome: failure.reason }])
  response
    .status(failures[failure.reason].status)
    .set('Cache-Control', 'no-store')
    .json({ error: failureShape(failure, { requestId: requestIdOf(response) }) })
}
