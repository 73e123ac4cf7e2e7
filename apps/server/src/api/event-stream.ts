import type { ServerResponse } from 'node:http'
import { atEnd } from '../http/at-end.ts'
import type { OpenStreams } from './open-streams.ts'

/** How an API writes the events of a subscription. */
export interface EventFormat {
  /** The text before the first event. */
  readonly opening: string
  readonly ping: string
  /** Returns the text of a value. */
  event(value: unknown): string
  /** The text after the last event of a subscription that is complete. */
  readonly completion: string
  /** Returns the last text of a subscription that failed; empty when the client must only reconnect. */
  failure(cause: unknown): string
}

interface EventsToSend {
  values: AsyncIterable<unknown>
  format: EventFormat
  streams: OpenStreams
  /** Ends the values, when the server stops. */
  abort: () => void
}

/**
 * The range of times after which browsers reconnect. Each gets a random one, so that not all reconnect
 * simultaneously when a server restarts.
 */
const reconnectMs = { min: 2_000, max: 6_000 }

/**
 * Sends the values of a subscription as server-sent events, and pings in between. Takes the next value when
 * the client has read the one before. The client may leave before the first one: what a subscription takes
 * before it must be released when its signal is aborted. Uses no web streams, which take most of the memory
 * of tRPC's.
 */
export async function sendEvents(
  response: ServerResponse,
  { values, format, streams, abort }: EventsToSend,
): Promise<void> {
  // Values that nothing reads never begin, so a `finally` in them does not run.
  if (response.destroyed) return
  response.setHeader('content-type', 'text/event-stream')
  // A proxy that compresses would buffer events, and nginx buffers them unless told otherwise.
  response.setHeader('cache-control', 'no-store, no-transform')
  response.setHeader('x-accel-buffering', 'no')
  // Written together with the first event, the headers would stay in memory twice, in many pieces.
  response.flushHeaders()
  const { min, max } = reconnectMs
  response.write(`retry: ${Math.round(min + Math.random() * (max - min))}\n\n${format.opening}`)
  const stopPings = streams.pings(() => {
    if (!response.writableNeedDrain) response.write(format.ping)
  })
  atEnd(response, stopPings)
  using _open = streams.add(abort)
  let last: string
  try {
    for await (const value of values) {
      if (response.destroyed) return
      if (!response.write(format.event(value))) await drained(response)
    }
    last = format.completion
  } catch (cause) {
    last = format.failure(cause)
  }
  stopPings()
  // To a client, the end of a subscription is not that of a server: it reconnects after the latter.
  if (!response.destroyed) response.end(streams.isStopping ? '' : last)
}

/** Resolves when the client has read what was written, or has left. */
function drained(response: ServerResponse): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const settle = () => {
    response.off('drain', settle).off('close', settle)
    resolve()
  }
  response.on('drain', settle).on('close', settle)
  return promise
}
