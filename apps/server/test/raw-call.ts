import { failureOf, safe } from '@latchkey/client'

/** Why a call failed, or `undefined` when it did not. */
export async function failure<D, E>(call: Parameters<typeof safe<D, E>>[0]) {
  const [, error] = await safe(call)
  return error === undefined ? undefined : failureOf(error)
}

export interface RawAnswer {
  status: number
  text: string
  headers: Headers
  /** `name=value` of what the answer sets, ready to be sent back. */
  cookies: string[]
}

/** A call as curl would make it. */
export async function post(url: string, path: string, input: unknown, cookie?: string): Promise<RawAnswer> {
  return answer(
    await fetch(`${url}/trpc/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(cookie === undefined ? {} : { cookie }) },
      body: JSON.stringify(input),
    }),
  )
}

export async function get(url: string, path: string, cookie?: string): Promise<RawAnswer> {
  return answer(await fetch(`${url}/trpc/${path}`, { headers: cookie === undefined ? {} : { cookie } }))
}

async function answer(response: Response): Promise<RawAnswer> {
  const cookies = response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '')
  return { status: response.status, text: await response.text(), headers: response.headers, cookies }
}

/** The reason in a raw answer's body; undefined in one that is no failure. */
export function reasonIn({ text }: RawAnswer): string | undefined {
  return /"failure":\{"reason":"([A-Z_]+)"/.exec(text)?.[1]
}
