import { isTrackedEnvelope } from '@trpc/server'
import type { EventFormat } from '../api/event-stream.ts'

/** Writes values as messages, each with its JSON and id. @param failure see `EventFormat` */
export function restEvents(failure: EventFormat['failure']): EventFormat {
  return { opening: '', ping: 'event: ping\ndata: \n\n', event: eventText, completion: '', failure }
}

function eventText(value: unknown): string {
  const [id, data]: [string | undefined, unknown] = isTrackedEnvelope(value)
    ? [value[0], value[1]]
    : [undefined, value]
  return `data: ${JSON.stringify(data)}\n${id === undefined ? '' : `id: ${id}\n`}\n`
}
