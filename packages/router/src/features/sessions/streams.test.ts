import { AsyncLocalStorage } from 'node:async_hooks'
import { streamLimits } from '@app/contract'
import { expect, test } from 'vitest'
import { createSessionStreams } from './streams.ts'

/** A stream whose checks find what the test says. */
function openStream() {
  let tick = () => {}
  const ticker = (onTick: () => void) => {
    tick = onTick
    return () => {}
  }
  const streams = createSessionStreams(ticker, 10)
  const slot = streams.admit('192.0.2.1', undefined)
  if (slot === null) throw new Error('There is no slot.')
  const stream = streams.open({ id: 'session', userId: 'user' }, slot)
  return { streams, slot, stream, tick: () => tick() }
}

test('session stream: checks at once, then at each tick and wake-up, until there is an event', async () => {
  const { streams, stream, tick } = openStream()
  const found = [null, null, 'event']
  let checks = 0
  const next = stream.next({ check: () => found[checks++] ?? null })
  expect(checks).toBe(1)
  tick()
  expect(checks).toBe(2)
  streams.wake('user')
  expect(await next).toBe('event')
  streams.wake('another user')
  expect(checks).toBe(3)
})

test('session stream: a wake-up while nothing waits is checked by the next call', async () => {
  const { streams, stream } = openStream()
  expect(await stream.next({ check: () => 1 })).toBe(1)
  let checks = 0
  const check = () => (checks += 1)
  const waits = stream.next({ check })
  expect(checks).toBe(0)
  streams.wake('user')
  expect(await waits).toBe(1)
  streams.wake('user')
  expect(await stream.next({ check })).toBe(2)
})

test('session stream: a wake-up during a check causes another one', async () => {
  const { streams, stream } = openStream()
  const first = Promise.withResolvers<null>()
  let checks = 0
  const next = stream.next({
    check: () => {
      checks += 1
      return checks === 1 ? first.promise : 'event'
    },
  })
  streams.wake('user')
  expect(checks).toBe(1)
  first.resolve(null)
  expect(await next).toBe('event')
})

test('session stream: a failed check rejects, now or later', async () => {
  for (const check of [
    () => {
      throw new Error('planted')
    },
    () => Promise.reject(new Error('planted')),
  ]) {
    await expect(openStream().stream.next({ check })).rejects.toThrow('planted')
  }
})

test('session stream: ends at once when the session opens too many, also during a check', async () => {
  const { streams, slot, stream } = openStream()
  const next = stream.next({ check: () => new Promise<never>(() => {}) })
  for (let count = 0; count < streamLimits.session; count += 1)
    streams.open({ id: 'session', userId: 'user' }, slot)
  expect(await next).toBeNull()
  expect(await stream.next({ check: () => 'event' })).toBeNull()
})

test('session stream: a check is no part of the call that wakes it', async () => {
  const { streams, stream, tick } = openStream()
  const call = new AsyncLocalStorage<string>()
  const seen: unknown[] = []
  void stream.next({ check: () => (seen.push(call.getStore()), null) })
  call.run('a call', () => streams.wake('user'))
  call.run('a call', tick)
  expect(seen).toEqual([undefined, undefined, undefined])
})

test('session stream: a client that has left takes no slot of its address', () => {
  const streams = createSessionStreams(() => () => {}, 2 * streamLimits.address)
  for (let count = 0; count < streamLimits.address; count += 1)
    expect(streams.admit('192.0.2.1', AbortSignal.abort())).toBeNull()
  expect(streams.admit('192.0.2.1', undefined)).not.toBeNull()
})
