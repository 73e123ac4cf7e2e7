import { attempt } from '@app/client'
import type { AnyFailure, Call } from '@app/client'
import { readStream } from './event-stream.ts'

/** Returns the failure of a call, or undefined when it succeeded. */
export async function failure<F extends AnyFailure>(call: Call<unknown, F>): Promise<F | undefined> {
  const result = await attempt(call)
  return result.ok ? undefined : result.failure
}

/** The body; of a stream, only its first event. */
export interface RawAnswer {
  status: number
  text: string
  headers: Headers
  /** `name=value` of what the answer sets, ready to be sent back. */
  cookies: string[]
}

/** Cookies, or an access token, perhaps beside cookies. */
export type Credentials = string | { token: string; cookie?: string }

export function credentialHeaders(credentials: Credentials | undefined): Record<string, string> {
  if (credentials === undefined) return {}
  if (typeof credentials === 'string') return { cookie: credentials }
  const { token, cookie } = credentials
  return { authorization: `Bearer ${token}`, ...(cookie === undefined ? {} : { cookie }) }
}

/**
 * A call as curl would make it.
 * @param address where it comes from, for a server with `trustProxy: 1`
 */
export async function post(
  url: string,
  path: string,
  input: unknown,
  credentials?: Credentials,
  address?: string,
): Promise<RawAnswer> {
  return answer(
    await fetch(`${url}/trpc/${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...credentialHeaders(credentials),
        ...(address === undefined ? {} : { 'x-forwarded-for': address }),
      },
      body: JSON.stringify(input),
    }),
  )
}

export async function get(url: string, path: string, credentials?: Credentials): Promise<RawAnswer> {
  return answer(await fetch(`${url}/trpc/${path}`, { headers: credentialHeaders(credentials) }))
}

async function answer(response: Response): Promise<RawAnswer> {
  const cookies = response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '')
  const text = isStream(response) ? await firstOf(response) : await response.text()
  return { status: response.status, text, headers: response.headers, cookies }
}

export function isStream({ headers }: Pick<RawAnswer, 'headers'>): boolean {
  return headers.get('content-type') === 'text/event-stream'
}

async function firstOf(response: Response): Promise<string> {
  await using stream = readStream(response)
  for (;;) {
    const event = await stream.next()
    if (event === undefined) return ''
    if (event.event === 'message') return `{"result":{"data":${event.data}}}`
    if (event.event === 'serialized-error') return `{"error":${event.data}}`
  }
}

/** The reason in a raw answer's body; undefined in one that is no failure. */
export function reasonIn({ text }: Pick<RawAnswer, 'text'>): string | undefined {
  return /"failure":\{"reason":"([A-Z_]+)"/.exec(text)?.[1]
}
