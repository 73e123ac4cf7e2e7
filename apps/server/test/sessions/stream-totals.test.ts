import { streamLimits } from '@app/contract'
import { describeOnPostgres, lockTable, waitingLocks } from '@app/router/testing'
import { expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { openStream } from '../support/event-stream.ts'
import type { EventStream } from '../support/event-stream.ts'
import { get } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { listen, streamAddress } from '../support/session-streams.ts'

test('event streams: an address has a total over all accounts, and a closed stream frees its slot', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  const { sessionStreams } = app.services
  using taken = new DisposableStack()
  for (let count = 1; count < streamLimits.address; count += 1) {
    taken.use(sessionStreams.admit('127.0.0.1', undefined))
  }
  await using last = await listen(app, cookie)
  await using refused = await openStream(streamAddress(app), { cookie })
  expect(JSON.stringify(await refused.rest())).toContain('UNAVAILABLE')
  expect(sessionStreams.admit('127.0.0.2', undefined)).not.toBeNull()
  await last.close()
  await expect.poll(() => sessionStreams.count).toBe(0)
  await using next = await listen(app, cookie)
  expect(sessionStreams.count).toBe(1)
  await next.close()
})

test('event streams: a network with all streams of the process gets no more, and loses one to another network', async () => {
  const total = 2 * streamLimits.session
  await using app = await testApp({ host: { trustProxy: 1 }, settings: { eventStreams: total } })
  const openFrom = (address: string, cookie: string) =>
    openStream(streamAddress(app), { cookie, 'x-forwarded-for': address })
  await using opened = new AsyncDisposableStack()
  const [ada, grace, eve] = [await newUser(app), await newUser(app), await newUser(app)]
  const flood: EventStream[] = []
  for (let count = 0; count < total; count += 1) {
    const { cookie } = count % 2 === 0 ? ada : grace
    const stream = opened.use(await openFrom(`192.0.2.${count}`, cookie))
    expect(await stream.message()).toBeDefined()
    flood.push(stream)
  }
  await using refused = await openFrom('192.0.2.200', eve.cookie)
  expect(JSON.stringify(await refused.rest())).toContain('UNAVAILABLE')
  expect(app.services.sessionStreams.count).toBe(total)

  await using other = await openFrom('198.51.100.7', eve.cookie)
  expect(await other.message()).toBeDefined()
  await Promise.race(flood.map((stream) => stream.rest()))
  expect(app.services.sessionStreams.count).toBe(total)
})

describeOnPostgres('event streams of clients that leave', () => {
  test.each(['/trpc/sessions.events', '/api/v1/account/events'])(
    'while their session is read, keep no slot: %s',
    async (path) => {
      await using app = await testApp({ databaseKind: 'postgres' })
      const { cookie } = await newUser(app)
      // From now on the session is known, and only the call itself reads it.
      await get(app.url, 'account.me', cookie)
      const { sessionStreams } = app.services
      const admit = vi.spyOn(sessionStreams, 'admit')
      {
        await using _locked = await lockTable(app.databaseUrl, 'sessions')
        using client = await openRawConnection(app.url)
        client.send(`GET ${path} HTTP/1.1\r\nHost: ${client.host}\r\nCookie: ${cookie}\r\n\r\n`)
        await expect.poll(() => waitingLocks(app.databaseUrl)).toBe(1)
        client.socket.destroy()
        const hasLeft = () => app.log.lines.some((line) => line['path'] === path && line['aborted'] === true)
        await expect.poll(hasLeft).toBe(true)
      }
      await expect.poll(() => admit.mock.results.length).toBe(1)
      const [address = ''] = admit.mock.lastCall ?? []
      using taken = new DisposableStack()
      for (let count = 0; count < streamLimits.address; count += 1) {
        expect(taken.use(sessionStreams.admit(address, undefined))).not.toBeNull()
      }
    },
  )
})
