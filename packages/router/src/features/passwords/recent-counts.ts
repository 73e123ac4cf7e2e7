/** Counts events by key over the last 30 to 60 seconds. */
export interface RecentCounts {
  add(key: string): void
  /** @returns the number of events in this half minute and the one before */
  count(key: string): number
}

const generationMs = 30_000

/**
 * Creates counts whose memory is bounded by the number of events in a minute.
 * @param now milliseconds that never decrease
 */
export function createRecentCounts(now: () => number): RecentCounts {
  let current = new Map<string, number>()
  let previous = new Map<string, number>()
  let startedAt = now()
  const rotate = () => {
    const passedMs = now() - startedAt
    if (passedMs < generationMs) return
    previous = passedMs < 2 * generationMs ? current : new Map<string, number>()
    current = new Map<string, number>()
    startedAt = now()
  }
  return {
    add: (key) => {
      rotate()
      current.set(key, (current.get(key) ?? 0) + 1)
    },
    count: (key) => {
      rotate()
      return (current.get(key) ?? 0) + (previous.get(key) ?? 0)
    },
  }
}
