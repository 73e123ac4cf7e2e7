import { isStream } from './raw-call.ts'

/** An answer as it came over the wire. */
export interface Overheard {
  /** `POST /trpc/auth.login`, for messages. */
  what: string
  /** Of a stream: the status of the failure that it tells of, if it does. */
  status: number
  /** Its head without the cookies it sets, and its body. */
  text: string
  /** `Set-Cookie` lines. */
  cookies: string[]
}

/** Keeps every answer that anything in this process fetches, until the end of the block. */
export function wireTap(): Disposable & { readonly answers: readonly Overheard[] } {
  const answers: Overheard[] = []
  const untapped = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    const response = await untapped(input, init)
    const head = [...response.headers].filter(([name]) => name !== 'set-cookie')
    const answer = {
      what: `${init?.method ?? 'GET'} ${new URL(response.url).pathname}`,
      status: response.status,
      text: `${head.map((pair) => pair.join(': ')).join('\n')}\n\n`,
      cookies: response.headers.getSetCookie(),
    }
    answers.push(answer)
    if (isStream(response)) return overhear(response, answer)
    answer.text += await response.clone().text()
    return response
  }
  return {
    answers,
    [Symbol.dispose]: () => {
      globalThis.fetch = untapped
    },
  }
}

/** Listens as long as the stream is read by the one whom it is for. */
function overhear({ body, status, headers }: Response, answer: Overheard): Response {
  const decoder = new TextDecoder()
  const listener = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      answer.text += decoder.decode(chunk, { stream: true })
      answer.status = Number(/"httpStatus":(\d+)/.exec(answer.text)?.[1] ?? status)
      controller.enqueue(chunk)
    },
  })
  return new Response(body?.pipeThrough(listener) ?? null, { status, headers })
}
