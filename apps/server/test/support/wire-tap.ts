import { isStream } from './raw-call.ts'

/** A response as received. */
export interface Overheard {
  /** `POST /trpc/auth.login`, for messages. */
  what: string
  /** Of a stream: the status of its failure, if it has one. */
  status: number
  /** Its head without the cookies it sets, and its body. */
  text: string
  /** `Set-Cookie` lines. */
  cookies: string[]
}

/** Records every response that this process fetches, until the end of the block. */
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

/** Records a stream for as long as its reader reads it. */
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
