import { createSecretKey } from 'node:crypto'
import { rateLimits } from '@app/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Log } from '../ports/log.ts'
import { missingRedis, startRedis } from '../testing/redis-server.ts'
import type { RedisServer } from '../testing/redis-server.ts'
import { connectToRedis } from './counter-store.ts'
import type { CounterStore } from './counter-store.ts'
import { createRateLimits } from './rate-limits.ts'
import type { RateLimits } from './rate-limits.ts'
import { createSharedCounters } from './shared-counters.ts'

const hashKey = createSecretKey(Buffer.alloc(32, 1))
const { points } = rateLimits.signupsPerAddress
const why = missingRedis()

/** The limits of one process; its clock decides when a lost store is tried again. */
async function newProcess(url: string, patienceMs = 10_000) {
  const lines: string[] = []
  const keep = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
  const log: Log = { info: keep, warn: keep, error: keep }
  let nowMs = 0
  const counters = await createSharedCounters({
    connect: () => connectToRedis(url),
    hashKey,
    log,
    now: () => nowMs,
    patienceMs,
  })
  const limits = createRateLimits({ factor: 1, now: () => nowMs, counters })
  return {
    limits,
    counters,
    lines,
    pass: (ms: number) => void (nowMs += ms),
    signUp: async (key: string) => limits.consume('signupsPerAddress', key),
    [Symbol.dispose]: () => counters.close(),
  }
}

describe.skipIf(why !== '')(`limits in Redis${why}`, () => {
  let redis: RedisServer
  let keys = 0
  let key = ''
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis[Symbol.asyncDispose]())
  beforeEach(() => {
    keys += 1
    key = `192.0.2.${keys}`
  })

  test('shared limits: two processes have one allowance together', async () => {
    using one = await newProcess(redis.url)
    using other = await newProcess(redis.url)
    const outcomes = await Promise.all(
      Array.from({ length: points + 10 }, (_, index) => (index % 2 === 0 ? one : other).signUp(key)),
    )
    expect(outcomes.filter((wait) => wait === 0)).toHaveLength(points)
    expect(await other.signUp(key)).toBeGreaterThan(3_590)
    expect(await other.signUp('192.0.3.1')).toBe(0)
    expect([one.lines, other.lines]).toEqual([[], []])
  })

  test('shared limits: failures of one process close a key on the other', async () => {
    using one = await newProcess(redis.url)
    using other = await newProcess(redis.url)
    const fail = async (limits: RateLimits) => {
      const reserved = await limits.reserve('loginFailuresPerAddress', key)
      if (typeof reserved === 'number') return reserved
      return reserved.count()
    }
    const total = rateLimits.loginFailuresPerAddress.points
    const outcomes: (number | boolean)[] = []
    for (let count = 0; count < total; count += 1) {
      outcomes.push(await fail((count % 2 === 0 ? one : other).limits))
    }
    expect(outcomes).toEqual([...Array<boolean>(total - 1).fill(false), true])
    expect(await fail(one.limits)).toBeGreaterThan(500)
    expect(await fail(other.limits)).toBeGreaterThan(500)
  })

  test('shared limits: the calls of an account are counted by each process', async () => {
    using one = await newProcess(redis.url)
    using other = await newProcess(redis.url)
    const all = rateLimits.queriesPerAccount.points
    expect(await one.limits.consume('queriesPerAccount', key, all)).toBe(0)
    expect(await other.limits.consume('queriesPerAccount', key, all)).toBe(0)
  })

  test('shared limits: a flood beyond the limit of the process does not reach the store', async () => {
    using one = await newProcess(redis.url)
    const [add, get] = [vi.spyOn(one.counters, 'add'), vi.spyOn(one.counters, 'get')]
    for (let count = 0; count < points; count += 1) expect(await one.signUp(key)).toBe(0)
    for (const _ of [1, 2, 3]) {
      expect(await one.signUp(key)).toBeGreaterThan(0)
      expect(await one.limits.wait('signupsPerAddress', key)).toBeGreaterThan(0)
    }
    expect([add.mock.calls.length, get.mock.calls.length]).toEqual([points, 0])
  })

  test('shared limits: the store has no address', async () => {
    using one = await newProcess(redis.url)
    await one.signUp(key)
    const { createClient } = await import('@redis/client')
    const client = await createClient({ url: redis.url }).connect()
    const stored = await client.keys('*')
    client.destroy()
    expect(stored.length).toBeGreaterThan(0)
    expect(stored.join()).not.toContain('192.0.2')
  })

  test('losing Redis: renews no allowance and rejects no other key, with one line each for loss and end', async () => {
    await using own = await startRedis()
    using one = await newProcess(own.url)
    for (let count = 0; count < points - 1; count += 1) expect(await one.signUp(key)).toBe(0)
    await own.kill()
    // Its own count goes on, so the loss gives no new allowance.
    expect(await one.signUp(key)).toBe(0)
    expect(await one.signUp(key)).toBeGreaterThan(0)
    expect(await one.signUp('192.0.3.2')).toBe(0)
    expect([one.counters.isLost, one.counters.losses]).toEqual([true, 1])
    // Back, and empty: again no new allowance.
    await own.restart()
    await expect
      .poll(async () => {
        one.pass(1_000)
        await one.limits.wait('signupsPerAddress', '192.0.3.3')
        return one.counters.isLost
      })
      .toBe(false)
    expect(await one.signUp('192.0.3.3')).toBe(0)
    expect(await one.signUp(key)).toBeGreaterThan(0)
    using other = await newProcess(own.url)
    for (let count = 0; count < points; count += 1) await other.signUp('192.0.3.4')
    expect(await one.signUp('192.0.3.4')).toBeGreaterThan(0)
    expect(one.lines).toEqual([
      expect.stringMatching(/^LIMITS_STORE does not answer: each process counts its limits alone/),
      expect.stringMatching(/^LIMITS_STORE answers again/),
    ])
  })

  test('losing Redis: a silent one delays one round of calls, by the patience of a call', async () => {
    await using own = await startRedis()
    using one = await newProcess(own.url, 1_000)
    await one.signUp(key)
    own.freeze()
    const isImmediate = () =>
      Promise.race([
        one.signUp(key).then((wait) => wait === 0),
        new Promise((resolve) => setImmediate(() => resolve('late'))),
      ])
    expect(await Promise.all([isImmediate(), isImmediate()])).toEqual(['late', 'late'])
    expect(await one.signUp(key)).toBe(0)
    expect(one.counters.isLost).toBe(true)
    expect(await isImmediate()).toBe(true)
    one.pass(1_000)
    // A new connection is tried, and no call waits for it.
    expect([await isImmediate(), await isImmediate()]).toEqual([true, true])
    own.thaw()
    await expect
      .poll(async () => {
        one.pass(1_000)
        await one.limits.wait('signupsPerAddress', '192.0.3.3')
        return one.counters.isLost
      })
      .toBe(false)
  })

  test('losing Redis: one that accepts no writes stays lost, with one line', async () => {
    await using own = await startRedis()
    using one = await newProcess(own.url)
    const { createClient } = await import('@redis/client')
    const client = await createClient({ url: own.url }).connect()
    // It ends with its server when the test fails.
    client.on('error', () => undefined)
    await client.configSet('maxmemory', '1')
    const retry = async () => {
      one.pass(1_000)
      // Reads work, so that only the writes can fail.
      await one.limits.wait('signupsPerAddress', key)
      await client.ping()
      return one.signUp(key)
    }
    for (let count = 0; count < 10; count += 1) expect(await retry()).toBe(0)
    expect([one.counters.isLost, one.counters.losses]).toEqual([true, 1])
    expect(one.lines).toEqual([expect.stringContaining('OOM')])
    await client.configSet('maxmemory', '0')
    await expect.poll(async () => [await retry(), one.counters.isLost]).toEqual([0, false])
    client.destroy()
  })

  test('a store that was never there: the process counts alone', async () => {
    using one = await newProcess('redis://127.0.0.1:1')
    for (let count = 0; count < points; count += 1) expect(await one.signUp(key)).toBe(0)
    expect(await one.signUp(key)).toBeGreaterThan(0)
    expect(one.lines).toEqual([expect.stringContaining('ECONNREFUSED')])
  })
})

test('shared counters: a connection that opens after they were closed is closed too', async () => {
  const second = Promise.withResolvers<CounterStore>()
  const connect = vi.fn<() => Promise<CounterStore>>(() => second.promise)
  connect.mockRejectedValueOnce(new Error('down'))
  const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }
  let nowMs = 0
  const counters = await createSharedCounters({ connect, hashKey, log, now: () => nowMs })
  nowMs = 1_000
  expect(await counters.get('signupsPerAddress', 'a')).toBeNull()
  expect(connect).toHaveBeenCalledTimes(2)
  counters.close()
  const close = vi.fn<() => void>()
  second.resolve({ add: () => Promise.reject(new Error('down')), get: () => Promise.resolve(null), close })
  await expect.poll(() => close.mock.calls.length).toBe(1)
  expect(await counters.get('signupsPerAddress', 'a')).toBeNull()
})
