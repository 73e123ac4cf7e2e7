/** Sums by key, for work that begins and ends. */
export interface Tally {
  of(key: string): number
  /** @returns the new sum */
  add(key: string, amount: number): number
}

const keptKeys = 1_000

/**
 * Creates a tally. Keys whose sum is zero stay until there are as many as others, and more than 1,000. A Map
 * that loses its last key gets a new table, which only a full garbage collection frees if the Map is old.
 */
export function createTally(): Tally {
  const sums = new Map<string, number>()
  let maxKeys = keptKeys
  return {
    of: (key) => sums.get(key) ?? 0,
    add: (key, amount) => {
      const sum = (sums.get(key) ?? 0) + amount
      sums.set(key, sum)
      if (sums.size > maxKeys) {
        for (const [each, left] of sums) if (left === 0) sums.delete(each)
        maxKeys = Math.max(keptKeys, 2 * sums.size)
      }
      return sum
    },
  }
}
