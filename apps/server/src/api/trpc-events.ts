import { appRouter } from '@app/router'
import { isTrackedEnvelope } from '@trpc/server'
import type { EventFormat } from './event-stream.ts'

const { sse } = appRouter._def._config

interface TrpcEvents {
  /** The id of the last event that the client has. */
  lastEventId: string | undefined
  failure: EventFormat['failure']
}

/**
 * Writes values in the format of tRPC's `sseStreamProducer`, which the client of tRPC reads. A test compares
 * both.
 */
export function trpcEvents({ lastEventId, failure }: TrpcEvents): EventFormat {
  // A client that reconnects must send an id that it got, so an event without one must not change it.
  let lastId = /^[^\0\n\r]+$/.test(lastEventId ?? '') ? lastEventId : undefined
  return {
    opening: named('connected', JSON.stringify(sse?.client ?? {})),
    ping: named('ping', ''),
    event: (value) => {
      const isTracked = isTrackedEnvelope(value)
      // The router has no transformer.
      const data = `data: ${JSON.stringify(isTracked ? value[1] : value)}\n`
      if (isTracked) lastId = value[0]
      if (lastId === undefined) return `${data}\n\n`
      if (isTracked) return `${data}id: ${lastId}\n\n\n`
      return `${data}id: \n\n\nevent: restore-id\ndata: \nid: ${lastId}\n\n\n`
    },
    completion: named('return', ''),
    failure,
  }
}

export function failedEvent(shape: unknown): string {
  return named('serialized-error', JSON.stringify(shape))
}

function named(event: string, data: string): string {
  return `event: ${event}\ndata: ${data}\n\n\n`
}
