import { createTally } from './tally.ts'

export interface Slot extends Disposable {
  /** The number of slots of the key before this one. */
  readonly position: number
}

/** Counts by key how much work has begun and not ended. */
export interface InFlightCounter {
  /** Enters one piece of work. Dispose of the slot at its end; a second time changes nothing. */
  enter(key: string): Slot
  count(key: string): number
  /** Of all keys together. */
  readonly total: number
}

export function createInFlightCounter(): InFlightCounter {
  const counts = createTally()
  let total = 0
  return {
    enter: (key) => {
      const position = counts.add(key, 1) - 1
      total += 1
      let isIn = true
      const leave = () => {
        if (!isIn) return
        isIn = false
        total -= 1
        counts.add(key, -1)
      }
      return { position, [Symbol.dispose]: leave }
    },
    count: counts.of,
    get total() {
      return total
    },
  }
}
