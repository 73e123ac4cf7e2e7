import { createSpreadTicker, streamPingMs } from '@app/router'
import type { Ticker } from '@app/router'

/** The open event streams of a server. */
export interface OpenStreams {
  readonly isStopping: boolean
  /** Ticks when a stream must send a ping. */
  readonly pings: Ticker
  /** Calls `end` when the server stops; at once if it is stopping. Dispose of it at the end of the stream. */
  add(end: () => void): Disposable
}

/**
 * One listener ends all streams. Adding or removing a listener of an `AbortSignal` takes a time that grows
 * with their number.
 */
export function createOpenStreams(
  stopping: AbortSignal,
  pings = createSpreadTicker(streamPingMs),
): OpenStreams {
  const ends = new Set<() => void>()
  stopping.addEventListener('abort', () => {
    for (const end of ends) end()
  })
  return {
    pings,
    get isStopping() {
      return stopping.aborted
    },
    add: (end) => {
      ends.add(end)
      if (stopping.aborted) end()
      return { [Symbol.dispose]: () => void ends.delete(end) }
    },
  }
}
