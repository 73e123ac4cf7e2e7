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
  const counts = new Map<string, number>()
  let total = 0
  return {
    enter: (key) => {
      const position = counts.get(key) ?? 0
      counts.set(key, position + 1)
      total += 1
      let isIn = true
      const leave = () => {
        if (!isIn) return
        isIn = false
        total -= 1
        const left = (counts.get(key) ?? 1) - 1
        if (left === 0) counts.delete(key)
        else counts.set(key, left)
      }
      return { position, [Symbol.dispose]: leave }
    },
    count: (key) => counts.get(key) ?? 0,
    get total() {
      return total
    },
  }
}
