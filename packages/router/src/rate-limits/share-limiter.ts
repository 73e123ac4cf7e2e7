import type { BoundedLimiter, Consumption } from './bounded-limiter.ts'
import type { SharedCounters } from './shared-counters.ts'

/** A limiter of this process, or of all processes, whose counts are in a store. */
export interface Limiter {
  readonly points: number
  penalty(key: string, points?: number): Consumption | Promise<Consumption>
  get(key: string): Consumption | null | Promise<Consumption | null>
}

/**
 * Adds the counts of all processes to a limiter. The process counts too, and the larger count decides. So a
 * store that is lost, or comes back empty, resets nothing, and this process never has more than its own
 * limit.
 */
export function shareLimiter(
  own: BoundedLimiter,
  { counters, name, windowMs }: { counters: SharedCounters; name: string; windowMs: number },
): Limiter {
  return {
    points: own.points,
    penalty: async (key, points = 1) => {
      const counted = own.penalty(key, points)
      // Beyond the limit of this process the store cannot change the result, so a flood does not reach it.
      if (counted.consumedPoints > own.points) return counted
      return larger(counted, await counters.add(name, key, points, windowMs))
    },
    get: async (key) => {
      // Called before any await, as `reserve` needs it.
      const counted = own.get(key)
      if (counted !== null && counted.consumedPoints >= own.points) return counted
      const ofAll = await counters.get(name, key)
      return counted === null ? ofAll : larger(counted, ofAll)
    },
  }
}

function larger(ofProcess: Consumption, ofAll: Consumption | null): Consumption {
  return ofAll !== null && ofAll.consumedPoints > ofProcess.consumedPoints ? ofAll : ofProcess
}
