import { responseHeaders } from '@app/router'
import type { Context } from '@app/router'
import { getTRPCErrorFromUnknown } from '@trpc/server'
import type { Response as HttpResponse } from 'express'
import { callFailure } from '../api/call-failure.ts'
import { recordOutcomes } from '../api/call-outcomes.ts'
import { callForResponse } from '../api/call-procedure.ts'
import type { ProcedurePath } from '../api/procedure-path.ts'
import { sendAnswer } from '../api/send-answer.ts'
import { requestIdOf } from '../http/request-id.ts'
import { sendFailure } from '../http/send-failure.ts'
import { eventStream, streamHeaders } from './event-stream.ts'
import { problemOf } from './problem.ts'

interface StreamCall {
  path: ProcedurePath
  ctx: Context
  readInput: () => unknown
  signal: AbortSignal
  startedAt: number
  /** Ends event streams when the server stops. */
  stopping: AbortSignal
}

/**
 * Calls a subscription and sends its events. A failure before the first is sent like any other; a later one
 * is the event `problem`.
 */
export async function serveEvents(response: HttpResponse, { stopping, ...call }: StreamCall): Promise<void> {
  const { path, ctx } = call
  const signal = AbortSignal.any([call.signal, stopping])
  const result = await callForResponse(response, { ...call, signal })
  if (!result.ok) return sendFailure(response, result.failure, path)
  // Sound: a subscription returns an iterable.
  const values = result.value as AsyncIterable<unknown>
  const lastEvent = (cause: unknown) => {
    // A `StreamReconnect` has this name: the stream ends without an event, and the client reconnects.
    if (cause instanceof Error && cause.name === 'AbortError') return null
    const error = getTRPCErrorFromUnknown(cause)
    const failure = callFailure({ path, type: 'subscription', ctx, error })
    recordOutcomes(response, [{ path, outcome: failure.reason }])
    return `event: problem\ndata: ${JSON.stringify(problemOf(failure, requestIdOf(response)))}\n\n`
  }
  const headers = responseHeaders(ctx, [])
  for (const [name, value] of Object.entries(streamHeaders)) headers.set(name, value)
  await sendAnswer(new Response(eventStream(values, lastEvent), { headers }), response, { stopping })
}
