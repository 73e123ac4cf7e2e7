export interface FairQueue {
  /**
   * Waits for a turn. Dispose of it at the end.
   * @returns null when the key, or all together, have too many waiting
   */
  enter(key: string): Promise<Disposable | null>
  load(): { running: number; waiting: number }
}

interface FairQueueOptions {
  /** Turns of different keys that run side by side. A key has one at a time. */
  atOnce: number
  waitingPerKey: number
  /** Of all keys together. */
  waiting: number
  /**
   * After a turn none begins for three times as long as it took, 50 ms at most: so turns take a quarter of
   * the time. Default: false.
   */
  rests?: boolean
}

const longestRestMs = 50

/**
 * Gives turns to keys by round robin, so that a key with many waiting delays another one by one turn at most.
 * Between two turns the event loop goes around once: requests that came meanwhile are read, and those that
 * need no turn are answered.
 */
export function createFairQueue(options: FairQueueOptions): FairQueue {
  const lines = new Map<string, PromiseWithResolvers<Disposable>[]>()
  const running = new Set<string>()
  let waiting = 0
  let isPausing = false

  const startNext = () => {
    isPausing = false
    for (const [key, line] of lines) {
      if (running.size >= options.atOnce) return
      if (running.has(key)) continue
      const first = line.shift()
      if (line.length === 0) lines.delete(key)
      waiting -= 1
      running.add(key)
      first?.resolve(turnOf(key))
    }
  }
  /** A key that has had its turn goes behind the others that wait. */
  const goBehind = (key: string) => {
    const line = lines.get(key)
    if (line === undefined) return
    lines.delete(key)
    lines.set(key, line)
  }
  const turnOf = (key: string): Disposable => {
    const begunMs = performance.now()
    let isOver = false
    return {
      [Symbol.dispose]: () => {
        if (isOver) return
        isOver = true
        running.delete(key)
        goBehind(key)
        isPausing = true
        const tookMs = performance.now() - begunMs
        if (options.rests === true && tookMs >= 1) setTimeout(startNext, Math.min(3 * tookMs, longestRestMs))
        else setImmediate(startNext)
      },
    }
  }

  return {
    enter: async (key) => {
      const line = lines.get(key) ?? []
      if (line.length >= options.waitingPerKey || waiting >= options.waiting) return null
      const turn = Promise.withResolvers<Disposable>()
      line.push(turn)
      lines.set(key, line)
      waiting += 1
      if (!isPausing) startNext()
      return turn.promise
    },
    load: () => ({ running: running.size, waiting }),
  }
}
