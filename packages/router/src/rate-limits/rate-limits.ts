import { rateLimits } from '@app/contract'
import { createBoundedLimiter } from './bounded-limiter.ts'
import type { BoundedLimiter } from './bounded-limiter.ts'
import { createInFlightCounter } from './in-flight-counter.ts'

type LimitName = keyof typeof rateLimits

/**
 * Rate limits in the memory of this process, for everything but passwords. Processes count separately, and a
 * restart resets the counts; counts that must be exact are in the database.
 */
export interface RateLimits {
  /**
   * Counts one event, or a cost of several points.
   * @returns 0, or after how many seconds to retry when the limit is exceeded
   */
  consume(name: LimitName, key: string, points?: number): Promise<number>
  /** Checks without counting. @returns 0, or after how many seconds to retry when the limit is used up */
  wait(name: LimitName, key: string): Promise<number>
  /**
   * Reserves a point for an attempt that counts only if it fails, so that simultaneous attempts cannot exceed
   * the limit.
   * @returns after how many seconds to retry when no point is left
   */
  reserve(name: LimitName, key: string): Promise<Reservation | number>
}

interface Reservation extends Disposable {
  /**
   * Counts the attempt as a failure.
   * @returns whether it used up the limit: true once in a window
   */
  countFailure(): Promise<boolean>
}

/**
 * @param factor multiplies every allowance (setting LIMITS=relaxed)
 * @param now milliseconds that never decrease
 */
export function createRateLimits(factor: number, now: () => number = () => performance.now()): RateLimits {
  const limiter = ({ points, windowMs }: { points: number; windowMs: number }) =>
    createBoundedLimiter({ points: points * factor, windowMs, now })
  const limiters: Record<LimitName, BoundedLimiter> = {
    loginFailuresPerAddress: limiter(rateLimits.loginFailuresPerAddress),
    hashesPerCaller: limiter(rateLimits.hashesPerCaller),
    hashesPerAddress: limiter(rateLimits.hashesPerAddress),
    hashesPerNetwork: limiter(rateLimits.hashesPerNetwork),
    signupsPerAddress: limiter(rateLimits.signupsPerAddress),
    signupsPerNetwork: limiter(rateLimits.signupsPerNetwork),
    mutationsPerAccount: limiter(rateLimits.mutationsPerAccount),
    queriesPerAccount: limiter(rateLimits.queriesPerAccount),
    readBytesPerAccount: limiter(rateLimits.readBytesPerAccount),
    reserveCallsPerSession: limiter(rateLimits.reserveCallsPerSession),
    reserveCallsPerAccount: limiter(rateLimits.reserveCallsPerAccount),
    anonymousCallsPerAddress: limiter(rateLimits.anonymousCallsPerAddress),
    exportsPerUser: limiter(rateLimits.exportsPerUser),
  }
  const inFlight = createInFlightCounter()
  const secondsLeft = (ms: number) => Math.max(1, Math.ceil(ms / 1_000))

  return {
    consume: async (name, key, points) => {
      const allowance = limiters[name].points
      const state = await limiters[name].penalty(key, points)
      return state.consumedPoints > allowance ? secondsLeft(state.msBeforeNext) : 0
    },
    wait: async (name, key) => {
      const state = await limiters[name].get(key)
      return state !== null && state.consumedPoints >= limiters[name].points
        ? secondsLeft(state.msBeforeNext)
        : 0
    },
    reserve: async (name, key) => {
      const limiter = limiters[name]
      const slot = inFlight.enter(`${name} ${key}`)
      // Called before any await, so it sees the failures at the time of the position.
      const state = await limiter.get(key)
      const failures = state?.consumedPoints ?? 0
      if (failures + slot.position < limiter.points) {
        return {
          countFailure: async () => {
            slot[Symbol.dispose]()
            const counted = await limiter.penalty(key)
            return counted.consumedPoints === limiter.points
          },
          [Symbol.dispose]: slot[Symbol.dispose],
        }
      }
      slot[Symbol.dispose]()
      // The other points are reserved by attempts that end soon.
      return state !== null && failures >= limiter.points ? secondsLeft(state.msBeforeNext) : 1
    },
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
