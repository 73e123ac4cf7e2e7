import type { ServerResponse } from 'node:http'
import { appRouter, StreamReconnect } from '@app/router'
import type { Context } from '@app/router'
import { getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server'
import { recordOutcomes } from './call-outcomes.ts'
import { callForResponse } from './call-procedure.ts'
import { sendEvents } from './event-stream.ts'
import { isJsonObject } from './json-object.ts'
import type { OpenStreams } from './open-streams.ts'
import { parseInput } from './plain-call.ts'
import { failedEvent, trpcEvents } from './trpc-events.ts'

interface SubscriptionCall {
  path: string
  ctx: Context
  /** JSON; null without an input. */
  input: string | null
  /** The id of the last event that the client has. */
  lastEventId: string | undefined
  signal: () => AbortSignal
  abort: () => void
  startedAt: number
  streams: OpenStreams
}

/**
 * Calls a subscription as tRPC's HTTP handler does and sends its events. A failure is an event under status
 * 200 too, because an `EventSource` hides responses with another status.
 */
export async function serveSubscription(response: ServerResponse, call: SubscriptionCall): Promise<void> {
  const { path, ctx, input, lastEventId, signal, abort, startedAt, streams } = call
  const readInput = () => withLastEventId(parseInput(input), lastEventId)
  const result = await callForResponse(response, { path, ctx, readInput, signal, startedAt })
  const failure = (cause: unknown) => {
    const error = getTRPCErrorFromUnknown(cause)
    if (error.cause instanceof StreamReconnect) return ''
    const { _config: config } = appRouter._def
    const shape = getTRPCErrorShape({ config, ctx, error, input: undefined, path, type: 'subscription' })
    recordOutcomes(response, [{ path, outcome: shape.data.failure.reason }])
    return failedEvent(shape)
  }
  // Sound: a subscription returns an iterable.
  const values = result.ok ? (result.value as AsyncIterable<unknown>) : failing(result.error)
  await sendEvents(response, { values, format: trpcEvents({ lastEventId, failure }), streams, abort })
}

/** Adds the id of the last event, which browsers send as a header, to the input. */
function withLastEventId(input: unknown, lastEventId: string | undefined): unknown {
  if (lastEventId === undefined) return input
  if (isJsonObject(input)) return { ...input, lastEventId }
  return input ?? { lastEventId }
}

function failing(error: unknown): AsyncIterable<never> {
  return { [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(error) }) }
}
