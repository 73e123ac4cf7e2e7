import { createHook } from 'node:async_hooks'
import { streamLimits } from '@app/contract'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createOpenStreams } from '../../src/api/open-streams.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { watchReads } from '../support/database-reads.ts'
import { listen } from '../support/session-streams.ts'

test('event streams: each pings every 15 seconds', () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const { pings } = createOpenStreams(new AbortController().signal)
  const count = vi.fn<() => void>()
  pings(count)
  vi.advanceTimersByTime(46_000)
  expect(count).toHaveBeenCalledTimes(3)
})

test('event streams: a check without an event leaves no promise, which garbage collections would copy', async () => {
  await using app = await testApp()
  const { cookie } = await newUser(app)
  await using streams = new AsyncDisposableStack()
  for (let count = 0; count < streamLimits.session; count += 1) streams.use(await listen(app, cookie))
  using reads = watchReads(app)
  let promises = 0
  const hook = createHook({ init: (_id, type) => void (promises += type === 'PROMISE' ? 1 : 0) }).enable()
  app.ticker.tick()
  await new Promise(setImmediate)
  hook.disable()
  expect(reads.count()).toBe(streamLimits.session)
  // Those of this test.
  expect(promises).toBeLessThan(streamLimits.session)
})
