import type { TestApp } from '../../src/testing/test-app.ts'
import { openStream } from './event-stream.ts'
import type { EventStream } from './event-stream.ts'
import { post } from './raw-call.ts'

/** An open stream of `sessions.events` that has sent its first event. */
export interface SessionStream extends EventStream {
  /** Names the state that it begins with. */
  readonly firstId: string
}

export function streamAddress({ url }: Pick<TestApp, 'url'>): string {
  return `${url}/trpc/sessions.events`
}

export async function listen(app: Pick<TestApp, 'url'>, cookie: string): Promise<SessionStream> {
  const stream = await openStream(streamAddress(app), { cookie })
  const first = await stream.message()
  if (first === undefined) throw new Error('The stream ended before it began.')
  return Object.assign(stream, { firstId: first.id })
}

/** Calls a mutation, which must succeed. @returns the cookie to send from now on */
export async function act(app: TestApp, path: string, input: object, cookie: string): Promise<string> {
  const { status, text, cookies } = await post(app.url, path, input, cookie)
  if (status !== 200) throw new Error(`${path}: ${text}`)
  return cookies[0] ?? cookie
}
