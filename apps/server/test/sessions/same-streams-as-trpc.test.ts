import { once } from 'node:events'
import { createServer } from 'node:http'
import { appRouter, createContext, responseHeaders } from '@app/router'
import { tracked, TRPCError } from '@trpc/server'
import { resolveResponse } from '@trpc/server/http'
import { sseStreamProducer } from '@trpc/server/unstable-core-do-not-import'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sendEvents } from '../../src/api/event-stream.ts'
import { createOpenStreams } from '../../src/api/open-streams.ts'
import { failedEvent, trpcEvents } from '../../src/api/trpc-events.ts'
import { listen } from '../../src/process/listen.ts'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newUser, password } from '../support/actors.ts'
import { openStream, readStream } from '../support/event-stream.ts'
import type { EventStream } from '../support/event-stream.ts'
import { act, streamAddress } from '../support/session-streams.ts'

// The event streams under /trpc do not pass through tRPC's HTTP handler. Its clients must not notice.

interface Case {
  /** Parameters of the address. */
  query?: Record<string, string>
  lastEventId?: string
  isSignedIn?: boolean
}

const requests: Case[] = [
  {},
  { query: { input: '{}' } },
  { query: { input: '' } },
  { query: { input: 'null' } },
  { query: { input: '"text"' } },
  { query: { input: '[]' } },
  { query: { input: '{"lastEventId":"KNOWN"}' } },
  { query: { input: '{"lastEventId":7}' } },
  { query: { input: '{"unknown":1}' } },
  { query: { input: '{' } },
  { query: { lastEventId: 'KNOWN' } },
  { query: { lastEventId: '' }, lastEventId: 'KNOWN' },
  { query: { lastEventId: 'older' }, lastEventId: 'KNOWN' },
  { query: { input: '{"lastEventId":"older"}' }, lastEventId: 'KNOWN' },
  { query: { input: '[]' }, lastEventId: 'KNOWN' },
  { lastEventId: '' },
  { lastEventId: 'x'.repeat(101) },
  { isSignedIn: false },
  { isSignedIn: false, query: { input: '{' } },
]

test.each(requests)('event stream: tRPC’s handler sends the same: %j', async (sent) => {
  await using app = await testApp()
  const { username, cookie } = await newUser(app)
  await using first = await openStream(streamAddress(app), { cookie })
  const known = (await first.message())?.id ?? ''
  const query = new URLSearchParams(sent.query).toString().replace('KNOWN', known)
  const lastEventId = sent.lastEventId?.replace('KNOWN', known)
  const headers = {
    ...(sent.isSignedIn === false ? {} : { cookie }),
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  }
  await using ours = await openStream(`${streamAddress(app)}?${query}`, headers)
  await using theirs = await openByTrpc(app, query, headers)
  expect(ours.response.status).toBe(theirs.response.status)
  expect(ours.response.headers.get('content-type')).toBe(theirs.response.headers.get('content-type'))
  const received = Promise.all([eventsOf(ours), eventsOf(theirs)])
  let areOver = false
  void received.then(() => (areOver = true))
  await expect.poll(() => areOver || app.services.sessionStreams.count === 3).toBe(true)
  await act(app, 'account.updateProfile', { name: 'Ada Lovelace' }, cookie)
  await act(app, 'auth.login', { username, password }, cookie)
  const [ofOurs, ofTheirs] = await received
  expect(ofOurs).toEqual(ofTheirs)
  expect(ofOurs.length).toBeGreaterThan(1)
})

/** Answers by tRPC's handler, as the other calls under /trpc that are not plain. */
async function openByTrpc(
  app: TestApp,
  query: string,
  headers: Record<string, string>,
): Promise<EventStream> {
  const facts = { id: '', ip: '127.0.0.1', userAgent: null, cookie: headers['cookie'] }
  const answer = await resolveResponse({
    router: appRouter,
    path: 'sessions.events',
    req: new Request(`http://call.invalid/?${query}`, { headers }),
    error: null,
    createContext: async () => createContext(app.services, facts),
    responseMeta: ({ ctx }) => ({ headers: responseHeaders(ctx, []) }),
  })
  return readStream(answer)
}

/** Returns the events until the end, without what is random. */
async function eventsOf(stream: EventStream) {
  const events = await stream.rest()
  return events.map(({ data, ...event }) => ({
    ...event,
    data: data.replace(/"requestId":"[^"]*"/, '"requestId":"…"'),
  }))
}

const value = fc.oneof(
  fc.jsonValue().map((data) => ({ data })),
  fc.record({ data: fc.jsonValue(), id: fc.stringMatching(/^[\w-]{1,20}$/) }),
)

test('event stream: has the bytes of tRPC’s producer, whatever is sent', async () => {
  let next: { values: () => AsyncGenerator<unknown>; lastEventId: string | undefined } | undefined
  const server = createServer((_request, response) => {
    if (next === undefined) throw new Error('no values')
    const { values, lastEventId } = next
    void sendEvents(response, {
      values: values(),
      format: trpcEvents({ lastEventId, failure: () => failedEvent('failed') }),
      streams: createOpenStreams(new AbortController().signal),
      abort: () => undefined,
    })
  })
  const port = await listen(server, { port: 0, host: '127.0.0.1' })
  const { sse: options } = appRouter._def._config
  const sending = fc.record({
    sent: fc.array(value, { maxLength: 8 }),
    fails: fc.boolean(),
    lastEventId: fc.option(fc.string({ maxLength: 20 }), { nil: undefined }),
  })
  await fc.assert(
    fc.asyncProperty(sending, async ({ sent, fails, lastEventId }) => {
      async function* values() {
        for (const each of sent) yield 'id' in each ? tracked(each.id, each.data) : each.data
        if (fails) throw new TRPCError({ code: 'CONFLICT' })
      }
      next = { values, lastEventId }
      const produced = sseStreamProducer({
        ...options,
        data: values(),
        lastEventId: lastEventId ?? null,
        formatError: () => 'failed',
      })
      const theirs = new Response(produced).text()
      const ours = await (await fetch(`http://127.0.0.1:${port}`)).text()
      expect(ours.replace(/^retry: \d+\n\n/, '')).toBe(await theirs)
    }),
    { numRuns: 200, seed: 20_261_130 },
  )
  server.close()
  server.closeAllConnections()
  await once(server, 'close')
})

test('event stream: has the pings of tRPC’s producer', async () => {
  async function* silence() {
    await new Promise((resolve) => setTimeout(resolve, 40))
    yield 'late'
  }
  const stream = sseStreamProducer({ data: silence(), ping: { enabled: true, intervalMs: 15 } })
  const { ping } = trpcEvents({ lastEventId: undefined, failure: String })
  expect(await new Response(stream).text()).toContain(ping)
})
