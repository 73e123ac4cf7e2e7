import { rateLimits } from '@latchkey/contract'

import { createBoundedLimiter, type BoundedLimiter } from './bounded-limiter.ts'

type LimitName = keyof typeof rateLimits

/**
 * Counters in this process's memory, for everything but passwords. They are not exact over several processes
 * and start anew with the process; what must be exact is counted in the database.
 */
export interface RateLimits {
  /** Counts one event. @returns 0, or after how many seconds to try again when the allowance is used up */
  consume(name: LimitName, key: string): Promise<number>
  /** Asks without counting. @returns as `consume` */
  closedForSeconds(name: LimitName, key: string): Promise<number>
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
    signupsPerAddress: limiter(rateLimits.signupsPerAddress),
    mutationsPerSession: limiter(rateLimits.mutationsPerSession),
    queriesPerSession: limiter(rateLimits.queriesPerSession),
    anonymousCallsPerAddress: limiter(rateLimits.anonymousCallsPerAddress),
    exportsPerUser: limiter(rateLimits.exportsPerUser),
  }
  const secondsLeft = (ms: number) => Math.max(1, Math.ceil(ms / 1_000))

  return {
    consume: async (name, key) => {
      const allowance = limiters[name].points
      const state = await limiters[name].penalty(key)
      return state.consumedPoints > allowance ? secondsLeft(state.msBeforeNext) : 0
    },
    closedForSeconds: async (name, key) => {
      const state = await limiters[name].get(key)
      return state !== null && state.consumedPoints >= limiters[name].points
        ? secondsLeft(state.msBeforeNext)
        : 0
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
