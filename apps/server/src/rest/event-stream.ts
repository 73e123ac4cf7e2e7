import { streamPingMs } from '@app/router'
import { isTrackedEnvelope } from '@trpc/server'

/** The headers of an event stream. Proxies such as nginx must not buffer it. */
export const streamHeaders = { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' }

/**
 * Writes the values of a subscription as server-sent events, each with its JSON and id, and pings in between.
 * @param lastEvent returns the event after which the stream ends when the subscription fails
 */
export function eventStream(
  values: AsyncIterable<unknown>,
  lastEvent: (cause: unknown) => string | null,
): ReadableStream<Uint8Array> {
  const iterator = values[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  let timer: NodeJS.Timeout | undefined
  return new ReadableStream({
    start: (controller) => {
      timer = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode('event: ping\ndata: \n\n'))
      }, streamPingMs)
    },
    pull: async (controller) => {
      let text: string | null
      let isOver = false
      try {
        const next = await iterator.next()
        isOver = next.done === true
        text = isOver ? null : eventText(next.value)
      } catch (cause) {
        isOver = true
        text = lastEvent(cause)
      }
      if (text !== null) controller.enqueue(encoder.encode(text))
      if (!isOver) return
      clearInterval(timer)
      controller.close()
    },
    cancel: async () => {
      clearInterval(timer)
      await iterator.return?.()
    },
  })
}

function eventText(value: unknown): string {
  const [id, data]: [string | undefined, unknown] = isTrackedEnvelope(value)
    ? [value[0], value[1]]
    : [undefined, value]
  return `data: ${JSON.stringify(data)}\n${id === undefined ? '' : `id: ${id}\n`}\n`
}
