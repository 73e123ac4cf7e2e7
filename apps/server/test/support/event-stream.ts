/** One event as received; `event` is `message` if the stream names none. */
export interface StreamEvent {
  event: string
  data: string
  id?: string
}

/** A stream of server-sent events, read without a library, as a program in another language would. */
export interface EventStream extends AsyncDisposable {
  readonly response: Response
  /** @returns undefined when the stream has ended or was aborted */
  next(): Promise<StreamEvent | undefined>
  /** Returns the next event of the procedure, without tRPC's own events. */
  message(): Promise<{ id: string; data: unknown } | undefined>
  /** Returns the events until the stream ends. */
  rest(): Promise<StreamEvent[]>
  /** Disconnects. */
  close(): Promise<void>
}

export async function openStream(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const hangUp = new AbortController()
  const response = await fetch(url, { headers, signal: hangUp.signal })
  return readStream(response, hangUp)
}

/** @param hangUp what ends the request, also while the next event is awaited */
export function readStream(response: Response, hangUp?: AbortController): EventStream {
  const events = eventsIn(response)
  const close = async () => {
    hangUp?.abort()
    await events.return()
  }
  const next = async () => {
    const { done, value } = await events.next()
    return done === true ? undefined : value
  }
  return {
    response,
    next,
    message: async () => {
      for (;;) {
        const event = await next()
        if (event === undefined) return undefined
        if (event.event === 'message') return { id: event.id ?? '', data: JSON.parse(event.data) }
      }
    },
    rest: async () => {
      const left: StreamEvent[] = []
      for await (const event of events) left.push(event)
      return left
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}

async function* eventsIn({ body }: Response): AsyncGenerator<StreamEvent, void> {
  if (body === null) return
  let text = ''
  try {
    for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const blocks = text.split(/\n\n+/)
      text = blocks.pop() ?? ''
      for (const block of blocks) {
        const event = eventIn(block)
        if (event !== undefined) yield event
      }
    }
  } catch {
    // Aborted on either side: it counts as an end.
  }
}

/** @returns undefined for a block without an event, such as a lone `retry` */
function eventIn(block: string): StreamEvent | undefined {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    const [name = '', value = ''] = line.split(/: ?(.*)/s, 2)
    fields.set(name, value)
  }
  const [data, id] = [fields.get('data'), fields.get('id')]
  if (data === undefined) return undefined
  return { event: fields.get('event') ?? 'message', data, ...(id === undefined ? {} : { id }) }
}
