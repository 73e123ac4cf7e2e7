import { rateLimits } from '@app/contract'
import { createBoundedLimiter } from './bounded-limiter.ts'
import type { Consumption } from './bounded-limiter.ts'
import { createInFlightCounter } from './in-flight-counter.ts'
import { shareLimiter } from './share-limiter.ts'
import type { Limiter } from './share-limiter.ts'
import type { SharedCounters } from './shared-counters.ts'

type LimitName = keyof typeof rateLimits

/**
 * Rate limits for everything but passwords, whose counts must be exact and are in the database. They are in
 * the memory of this process, where a restart resets them; with LIMITS_STORE some count over all processes.
 */
export interface RateLimits {
  /**
   * Counts one event, or a cost of several points.
   * @returns 0, or after how many seconds to retry when the limit is exceeded
   */
  consume(name: LimitName, key: string, points?: number): Seconds
  /** Checks without counting. @returns 0, or after how many seconds to retry when the limit is used up */
  wait(name: LimitName, key: string): Seconds
  /**
   * Reserves a point for a call that counts only by its outcome, so that simultaneous calls cannot exceed the
   * limit.
   * @returns after how many seconds to retry when no point is left
   */
  reserve(name: LimitName, key: string): Promise<Reservation | number>
  /** The counters of all processes; null when this process counts alone. */
  readonly shared: SharedCounters | null
}

/** No promise for a limit of this process: every call counts for several. */
type Seconds = number | Promise<number>

interface Reservation extends Disposable {
  /** Counts the call. @returns whether it used up the limit: true once in a window */
  count(): Promise<boolean>
}

interface RateLimitsOptions {
  /** Multiplies every allowance (setting LIMITS=relaxed). */
  factor: number
  /** Milliseconds that never decrease. */
  now?: () => number
  /** Default: this process counts alone. */
  counters?: SharedCounters | null
}

/** Limits of calls and bytes: asking the store for each call would cost more than the call. */
const ofProcess: ReadonlySet<LimitName> = new Set([
  'mutationsPerAccount',
  'queriesPerAccount',
  'readBytesPerAccount',
  'reserveCallsPerSession',
  'reserveCallsPerAccount',
  'mutationsPerToken',
  'queriesPerToken',
  'tokenFailuresPerAddress',
  'anonymousCallsPerAddress',
])

export function createRateLimits({
  factor,
  now = () => performance.now(),
  counters = null,
}: RateLimitsOptions): RateLimits {
  const createLimiter = (name: LimitName): Limiter => {
    const { points, windowMs } = rateLimits[name]
    const own = createBoundedLimiter({ points: points * factor, windowMs, now })
    return counters === null || ofProcess.has(name) ? own : shareLimiter(own, { counters, name, windowMs })
  }
  // Sound: the names are the keys of the table.
  const entries = (Object.keys(rateLimits) as LimitName[]).map((name) => [name, createLimiter(name)])
  const limiters = Object.fromEntries(entries) as Record<LimitName, Limiter>
  const inFlight = createInFlightCounter()
  const secondsLeft = (ms: number) => Math.max(1, Math.ceil(ms / 1_000))

  return {
    consume: (name, key, cost) => {
      const { points } = limiters[name]
      const secondsOf = (state: Consumption) =>
        state.consumedPoints > points ? secondsLeft(state.msBeforeNext) : 0
      const state = limiters[name].penalty(key, cost)
      return state instanceof Promise ? state.then(secondsOf) : secondsOf(state)
    },
    wait: (name, key) => {
      const { points } = limiters[name]
      const secondsOf = (state: Consumption | null) =>
        state !== null && state.consumedPoints >= points ? secondsLeft(state.msBeforeNext) : 0
      const state = limiters[name].get(key)
      return state instanceof Promise ? state.then(secondsOf) : secondsOf(state)
    },
    reserve: async (name, key) => {
      const limiter = limiters[name]
      const slot = inFlight.enter(`${name} ${key}`)
      // Called before any await, so it sees the count at the time of the position.
      const state = await limiter.get(key)
      const used = state?.consumedPoints ?? 0
      if (used + slot.position < limiter.points) {
        return {
          count: async () => {
            slot[Symbol.dispose]()
            const counted = await limiter.penalty(key)
            return counted.consumedPoints === limiter.points
          },
          [Symbol.dispose]: slot[Symbol.dispose],
        }
      }
      slot[Symbol.dispose]()
      // The other points are reserved by calls that end soon.
      return state !== null && used >= limiter.points ? secondsLeft(state.msBeforeNext) : 1
    },
    shared: counters,
  }
}

/** Returns the key of an address. An IPv6 host owns its whole /64, so those addresses share one key. */
export function addressKey(ip: string | null): string {
  if (ip === null) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)
  if (mapped?.[1] !== undefined) return mapped[1]
  if (!ip.includes(':')) return ip
  const [head = '', tail = ''] = ip.split('%')[0]?.split('::') ?? []
  const left = head === '' ? [] : head.split(':')
  const right = tail === '' ? [] : tail.split(':')
  const groups = [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return groups
    .slice(0, 4)
    .map((group) => group.toLowerCase().padStart(4, '0'))
    .join(':')
}
