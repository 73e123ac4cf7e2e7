import { streamLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { openStream } from '../support/event-stream.ts'
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

test('event streams: a process has a total', async () => {
  await using app = await testApp()
  const { sessionStreams } = app.services
  for (let count = 0; count < streamLimits.process; count += 1) {
    expect(sessionStreams.admit(`192.0.2.${count % 200}`, undefined)).not.toBeNull()
  }
  expect(sessionStreams.admit('192.0.2.1', undefined)).toBeNull()
})

test('event streams: a network with all slots loses one to another network', async () => {
  await using app = await testApp({ host: { trustProxy: 1 } })
  const { sessionStreams } = app.services
  const { cookie } = await newUser(app)
  const flood = Array.from({ length: streamLimits.process }, (_, count) =>
    sessionStreams.admit(`2001:0db8:0001:${1_000 + (count % 20)}`, undefined),
  )
  expect(sessionStreams.admit('2001:0db8:0001:1000', undefined)).toBeNull()
  await using _own = await listen(app, cookie)
  expect(flood.filter((place) => place?.isLost === true)).toHaveLength(1)
})
