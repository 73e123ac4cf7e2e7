/** An answer as it came over the wire. */
export interface Overheard {
  /** `POST /trpc/auth.login`, for messages. */
  what: string
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
    answers.push({
      what: `${init?.method ?? 'GET'} ${new URL(response.url).pathname}`,
      status: response.status,
      text: `${head.map((pair) => pair.join(': ')).join('\n')}\n\n${await response.clone().text()}`,
      cookies: response.headers.getSetCookie(),
    })
    return response
  }
  return {
    answers,
    [Symbol.dispose]: () => {
      globalThis.fetch = untapped
    },
  }
}
