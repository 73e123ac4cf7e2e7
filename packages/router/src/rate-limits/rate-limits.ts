import { rateLimits } from '@app/contract'
import { createBoundedLimiter } from './bounded-limiter.ts'
import type { BoundedLimiter } from './bounded-limiter.ts'
import { createInFlightCounter } from './in-flight-counter.ts'

type LimitName = keyof typeof rateLimits

/**
 * Counters in this process's memory, for everything but passwords. They are not exact over several processes
 * and start anew with the process; what must be exact is counted in the database.
 */
export interface RateLimits {
  /**
   * Counts one event, or what costs as much.
   * @returns 0, or after how many seconds to try again when the allowance is used up
   */
  consume(name: LimitName, key: string, points?: number): Promise<number>
  /** Counts nothing. @returns 0, or after how many seconds to try again when the allowance is used up */
  wait(name: LimitName, key: string): Promise<number>
  /**
   * Takes a place in the allowance for something that counts only if it fails, until it has ended: so of many
   * at once no more go on than may fail.
   * @returns after how many seconds to try again when there is no place left
   */
  reserve(name: LimitName, key: string): Promise<Reservation | number>
}

interface Reservation extends Disposable {
  /**
   * Counts it as a failure.
   * @returns whether it was the one that used the allowance up: true once in a window
   */
  spend(): Promise<boolean>
}

/**
 * @param factor multiplies every allowance (setting LIMITS=relaxed)
 * @param now milliseconds that never go back
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
      // Called before anything is awaited: it sees the failures of the same moment as the number ahead.
      const state = await limiter.get(key)
      const failures = state?.consumedPoints ?? 0
      if (failures + slot.position < limiter.points) {
        return {
          spend: async () => {
            slot[Symbol.dispose]()
            const counted = await limiter.penalty(key)
            return counted.consumedPoints === limiter.points
          },
          [Symbol.dispose]: slot[Symbol.dispose],
        }
      }
      slot[Symbol.dispose]()
      // Where others have taken the rest, it is decided in a moment whether they fail.
      return state !== null && failures >= limiter.points ? secondsLeft(state.msBeforeNext) : 1
    },
  }
}

/** The key of an address: an IPv6 host owns its whole /64, so its addresses share one bucket. */
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
