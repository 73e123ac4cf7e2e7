import { rateLimits } from '@app/contract'
import { describe, expect, test } from 'vitest'
import { addressKey, createRateLimits } from './rate-limits.ts'
import type { RateLimits } from './rate-limits.ts'

// Sound: the keys of the record.
const limitNames = Object.keys(rateLimits) as (keyof typeof rateLimits)[]

test.each(limitNames)('rate limit %s: is exact, and separate for each key', async (name) => {
  const limits = createRateLimits({ factor: 1 })
  const { points } = rateLimits[name]
  expect(await limits.consume(name, 'a', points - 1)).toBe(0)
  expect(await limits.consume(name, 'a')).toBe(0)
  expect(await limits.consume(name, 'a')).toBeGreaterThan(0)
  expect(await limits.consume(name, 'b')).toBe(0)
  for (const other of limitNames.filter((one) => one !== name))
    expect(await limits.consume(other, 'a')).toBe(0)
})

describe('a flood from many addresses', () => {
  /** Returns the /64s of a /32, counted from 0. */
  const neighbour = (index: number) => `2001:0db8:${hex(index >> 16)}:${hex(index)}`
  const hex = (number: number) => (number & 0xffff).toString(16).padStart(4, '0')
  const { points } = rateLimits.signupsPerAddress
  const maxKeys = 100_000

  async function flooded() {
    let nowMs = 0
    const limits = createRateLimits({ factor: 1, now: () => nowMs })
    const signUp = (key: string) => limits.consume('signupsPerAddress', key)
    const usedUp = ['192.0.2.1', '2001:0db9:0000:0001']
    for (const key of usedUp) for (let count = 0; count <= points; count += 1) await signUp(key)
    for (let index = usedUp.length; index < maxKeys; index += 1) await signUp(neighbour(index))
    return { signUp, usedUp, pass: (ms: number) => void (nowMs += ms) }
  }

  test('rate limits: addresses beyond 100,000 share the allowance of their /48', async () => {
    const { signUp } = await flooded()
    for (let index = 0; index < points; index += 1) {
      expect(await signUp(`2001:0dba:0007:${hex(index)}`)).toBe(0)
    }
    expect(await signUp('2001:0dba:0007:ffff')).toBe(3_600)
    expect(await signUp('2001:0dba:0008:0000')).toBe(0)
    // Of IPv4 it is the /24.
    expect(await signUp('192.0.3.1')).toBe(0)
  })

  test('rate limits: networks beyond 100,000 share one allowance, without using up that of an earlier address', async () => {
    const { signUp, usedUp } = await flooded()
    const early = neighbour(5)
    for (let index = 0; index < maxKeys; index += 1) {
      await signUp(`${hex(0x3000 + (index >> 16))}:0000:${hex(index)}:0001`)
    }
    const shared = []
    for (let index = 0; index <= points; index += 1) shared.push(await signUp(`4000:0000:${hex(index)}:0001`))
    expect([shared.at(0), shared.at(-1)]).toEqual([0, 3_600])
    expect(await signUp(early)).toBe(0)
    for (const key of usedUp) expect(await signUp(key)).toBe(3_600)
  })

  test('rate limits: a flood lifts no limit, and its counters expire', async () => {
    const { signUp, usedUp, pass } = await flooded()
    for (const key of usedUp) expect(await signUp(key)).toBe(3_600)
    pass(3_599_999)
    for (const key of usedUp) expect(await signUp(key)).toBe(1)
    pass(1)
    for (const key of usedUp) expect(await signUp(key)).toBe(0)
    for (let index = 0; index <= points; index += 1)
      expect(await signUp(`2001:0dba:0007:${hex(index)}`)).toBe(0)
  })
})

describe('a reservation', () => {
  const { points } = rateLimits.loginFailuresPerAddress
  const reserve = async (limits: RateLimits, key = 'a') => limits.reserve('loginFailuresPerAddress', key)
  const reserved = async (limits: RateLimits) => {
    const reservation = await reserve(limits)
    if (typeof reservation === 'number') throw new Error(`Retry after ${reservation} s.`)
    return reservation
  }

  test('reservation: takes a point from other attempts, and returns it unless the attempt failed', async () => {
    const limits = createRateLimits({ factor: 1 })
    const attempts = await Promise.all(Array.from({ length: points }, () => reserved(limits)))
    expect(await reserve(limits)).toBe(1)
    expect(await reserve(limits, 'b')).not.toBeTypeOf('number')
    attempts[0]?.[Symbol.dispose]()
    attempts[0]?.[Symbol.dispose]()
    const next = await reserved(limits)
    expect(await reserve(limits)).toBe(1)
    await next.count()
    next[Symbol.dispose]()
    expect(await reserve(limits)).toBe(1)
    attempts[1]?.[Symbol.dispose]()
    expect(await reserve(limits)).not.toBeTypeOf('number')
  })

  test('reservation: the last failure reports once that it used up the limit', async () => {
    const limits = createRateLimits({ factor: 1 })
    const attempts = await Promise.all(Array.from({ length: points }, () => reserved(limits)))
    const closed = await Promise.all(attempts.map((attempt) => attempt.count()))
    expect(closed.filter(Boolean)).toHaveLength(1)
    expect(await reserve(limits)).toBeGreaterThan(500)
  })
})

describe('an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002'],
    ['2001:DB8:1:2::1', '2001:0db8:0001:0002'],
    ['2001:db8::1', '2001:0db8:0000:0000'],
    ['fe80::1%eth0', 'fe80:0000:0000:0000'],
    ['::1', '0000:0000:0000:0000'],
    [null, 'unknown'],
  ])('address key: %s is counted as %s', (ip, key) => {
    expect(addressKey(ip)).toBe(key)
  })
})
