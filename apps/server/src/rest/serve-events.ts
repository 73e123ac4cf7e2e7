import { StreamReconnect } from '@app/router'
import type { Context } from '@app/router'
import { getTRPCErrorFromUnknown } from '@trpc/server'
import type { Response as HttpResponse } from 'express'
import { callFailure } from '../api/call-failure.ts'
import { recordOutcomes } from '../api/call-outcomes.ts'
import { callForResponse } from '../api/call-procedure.ts'
import { sendEvents } from '../api/event-stream.ts'
import type { OpenStreams } from '../api/open-streams.ts'
import type { ProcedurePath } from '../api/procedure-path.ts'
import { requestIdOf } from '../http/request-id.ts'
import { sendFailure } from '../http/send-failure.ts'
import { problemOf } from './problem.ts'
import { restEvents } from './rest-events.ts'

interface StreamCall {
  path: ProcedurePath
  ctx: Context
  readInput: () => unknown
  signal: () => AbortSignal
  abort: () => void
  startedAt: number
  streams: OpenStreams
}

/**
 * Calls a subscription and sends its events. A failure before the first is sent like any other; a later one
 * is the event `problem`.
 */
export async function serveEvents(response: HttpResponse, { streams, abort, ...call }: StreamCall) {
  const { path, ctx } = call
  const result = await callForResponse(response, call)
  if (!result.ok) return sendFailure(response, result.failure, path)
  const format = restEvents((cause) => {
    const error = getTRPCErrorFromUnknown(cause)
    if (error.cause instanceof StreamReconnect) return ''
    const failure = callFailure({ path, type: 'subscription', ctx, error })
    recordOutcomes(response, [{ path, outcome: failure.reason }])
    return `event: problem\ndata: ${JSON.stringify(problemOf(failure, requestIdOf(response)))}\n\n`
  })
  // Sound: a subscription returns an iterable.
  const values = result.value as AsyncIterable<unknown>
  await sendEvents(response, { values, format, streams, abort })
}
