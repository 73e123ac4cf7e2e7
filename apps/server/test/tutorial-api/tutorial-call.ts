import { expect } from 'vitest'

/** A response of the tutorials' API. */
export interface TutorialAnswer {
  status: number
  message: string
  data: unknown
  error: string | null
  headers: Headers
  /** `name=value` of each cookie that the response sets. */
  cookies: string[]
}

interface TutorialCall {
  /** Sent as JSON; text is sent unchanged. */
  body?: unknown
  cookie?: string | undefined
  headers?: Record<string, string>
}

/** Calls the tutorials' API as a program does, and checks what all of its responses have in common. */
export async function callTutorial(
  url: string,
  route: `${string} /${string}`,
  { body, cookie, headers = {} }: TutorialCall = {},
): Promise<TutorialAnswer> {
  const [method = '', path = ''] = route.split(' ')
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie === undefined ? {} : { cookie }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(response.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
  // Checked below.
  const envelope = JSON.parse(await response.text()) as Pick<TutorialAnswer, 'message' | 'data' | 'error'>
  expect(Object.keys(envelope)).toEqual(['message', 'data', 'error'])
  expect(envelope.message).toEqual(expect.stringMatching(/./))
  // A success has data or says that there is none; a failure has its kind and no data.
  expect(envelope.error === null).toBe(response.status < 300)
  if (envelope.error !== null) expect(envelope.data).toBeNull()
  return {
    ...envelope,
    status: response.status,
    headers: response.headers,
    cookies: response.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? ''),
  }
}
