import { streamLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { openStream } from '../support/event-stream.ts'
import type { EventStream } from '../support/event-stream.ts'
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
