import { failureOf } from '@app/client'
import type { Client } from '@app/client'
import type { SessionEvent } from '@app/contract'
import { expect, expectTypeOf, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { signUp } from '../support/actors.ts'

/**
 * Records the events of `sessions.events` in order: `changed`, `ended`, `complete`, or the reason of a
 * failure.
 */
function recordEvents(api: Client): Disposable & { readonly received: string[] } {
  const received: string[] = []
  const subscription = api.sessions.events.subscribe(undefined, {
    onData: ({ data }) => {
      expectTypeOf(data).toEqualTypeOf<SessionEvent>()
      received.push(data.type)
    },
    onError: (error) => {
      const failure = failureOf(error)
      expectTypeOf(failure.reason).extract<'LAST_ADMIN'>().toBeNever()
      expectTypeOf(failure.reason).extract<'SESSION_EXPIRED'>().toEqualTypeOf<'SESSION_EXPIRED'>()
      received.push(failure.reason)
    },
    onComplete: () => received.push('complete'),
  })
  return { received, [Symbol.dispose]: () => subscription.unsubscribe() }
}

// In programs; the web app has the same link over the browser's own EventSource.

test('typed client: receives the events of its session with the cookie of its jar', async () => {
  await using app = await testApp()
  const { api } = await signUp(app, 'ada')
  using stream = recordEvents(api)
  await expect.poll(() => stream.received).toEqual(['changed'])
  await api.account.updateProfile.mutate({ name: 'Ada Lovelace' })
  await expect.poll(() => stream.received).toEqual(['changed', 'changed'])
  await api.auth.logout.mutate()
  await expect.poll(() => stream.received).toEqual(['changed', 'changed', 'ended', 'complete'])
})

test('typed client: closing a stream frees it on the server', async () => {
  await using app = await testApp()
  const { api } = await signUp(app, 'ada')
  {
    using stream = recordEvents(api)
    await expect.poll(() => stream.received).toEqual(['changed'])
  }
  await expect.poll(() => app.services.sessionStreams.count).toBe(0)
})

test('typed client: an ended session is a typed failure, requested once', async () => {
  await using app = await testApp()
  const { api } = await signUp(app, 'ada')
  app.clock.advance(24 * 60 * 60_000)
  using over = recordEvents(api)
  using signedOut = recordEvents(app.newClient())
  await expect.poll(() => over.received).toEqual(['SESSION_EXPIRED'])
  await expect.poll(() => signedOut.received).toEqual(['UNAUTHENTICATED'])
  const asked = app.log.lines.filter(({ path }) => path === '/trpc/sessions.events')
  expect(asked.map(({ status }) => status)).toEqual([200, 200])
})

test('typed client: retries while the server is unreachable, without a failure', async () => {
  await using app = await testApp()
  const { api } = await signUp(app, 'ada')
  const states: string[] = []
  const subscription = api.sessions.events.subscribe(undefined, {
    onConnectionStateChange: ({ state, error }) => states.push(error ? `${state}, and why` : state),
    onError: () => states.push('failed'),
  })
  await expect.poll(() => states).toEqual(['connecting', 'pending'])
  await app.close()
  await expect.poll(() => states).toEqual(['connecting', 'pending', 'connecting, and why'])
  subscription.unsubscribe()
})
