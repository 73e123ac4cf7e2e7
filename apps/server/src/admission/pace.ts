/**
 * Adds up what each caller starts in a window of 100 ms. One timer ends the windows of all, so a caller may
 * start the requests of two windows one after the other.
 */
export interface Pace {
  /** Returns the cost of what the caller has started in this window. */
  spent(key: string): number
  add(key: string, cost: number): void
}

const windowMs = 100

/** @param onEnd is called at the end of each window in which requests were counted */
export function createPace(onEnd: () => void): Pace {
  const spent = new Map<string, number>()
  let timer: NodeJS.Timeout | undefined
  const end = () => {
    timer = undefined
    spent.clear()
    onEnd()
  }
  return {
    spent: (key) => spent.get(key) ?? 0,
    add: (key, cost) => {
      spent.set(key, (spent.get(key) ?? 0) + cost)
      timer ??= setTimeout(end, windowMs).unref()
    },
  }
}
