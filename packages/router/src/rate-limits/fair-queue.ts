export interface FairQueue {
  /**
   * Waits for a turn. Dispose of it at the end.
   * @param network where the key calls from. Default: one for all
   * @returns null when the key, or all together, have too many waiting
   */
  enter(key: string, network?: string): Promise<Disposable | null>
  load(): { running: number; waiting: number }
}

interface FairQueueOptions {
  /** Turns of different keys that run side by side. A key has one at a time. */
  atOnce: number
  /** The same of the keys of one network. Default: no less. */
  atOncePerNetwork?: number
  waitingPerKey: number
  /** Of all keys together. */
  waiting: number
  /**
   * For how many times as long as it took a turn keeps its place, 50 ms at most: with 3, turns take a quarter
   * of the time of each place. Default: 0.
   */
  rest?: number
}

const longestRestMs = 50

/** Beyond so many, which of them had a turn is forgotten: 1 MB. */
const mostNetworks = 10_000

interface Line {
  network: string
  turns: PromiseWithResolvers<Disposable>[]
}

/**
 * Gives turns to networks by round robin, and to the keys of each, so that a key with many waiting, or a
 * network with many keys, delays another one by one turn at most.
 * Between two turns of a place the event loop goes around once: requests that came meanwhile are read, and
 * those that need no turn are answered.
 */
export function createFairQueue(options: FairQueueOptions): FairQueue {
  const lines = new Map<string, Line>()
  /** Of each network with keys that wait, how many turns there had been when it had its last one. */
  const lastTurns = new Map<string, number>()
  let begun = 0
  /** The network of each key that has a place. */
  const running = new Map<string, string>()
  let waiting = 0
  const { rest = 0 } = options

  const startNext = () => {
    while (running.size < options.atOnce) {
      const next = nextLine()
      if (next === undefined) return
      const [key, { network, turns }] = next
      const first = turns.shift()
      if (turns.length === 0) lines.delete(key)
      waiting -= 1
      running.set(key, network)
      lastTurns.set(network, (begun += 1))
      first?.resolve(turnOf(key))
    }
  }
  /** @returns the first key, in the order of the lines, of the network whose last turn was longest ago */
  const nextLine = (): [string, Line] | undefined => {
    let [found, longestAgo]: [[string, Line] | undefined, number] = [undefined, Infinity]
    for (const entry of lines) {
      const [key, { network }] = entry
      const lastTurn = lastTurns.get(network) ?? 0
      if (lastTurn < longestAgo && !running.has(key) && !isFull(network))
        [found, longestAgo] = [entry, lastTurn]
    }
    // With nothing that waits, nobody is behind anybody.
    if (lines.size === 0 || lastTurns.size > mostNetworks) lastTurns.clear()
    return found
  }
  const isFull = (network: string): boolean =>
    options.atOncePerNetwork !== undefined &&
    [...running.values()].filter((each) => each === network).length >= options.atOncePerNetwork
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
    const leave = () => {
      running.delete(key)
      goBehind(key)
      startNext()
    }
    return {
      [Symbol.dispose]: () => {
        if (isOver) return
        isOver = true
        const tookMs = performance.now() - begunMs
        const restMs = tookMs < 1 ? 0 : Math.min(rest * tookMs, longestRestMs)
        if (restMs > 0) setTimeout(leave, restMs)
        else setImmediate(leave)
      },
    }
  }

  return {
    enter: async (key, network = '') => {
      const line = lines.get(key) ?? { network, turns: [] }
      if (line.turns.length >= options.waitingPerKey || waiting >= options.waiting) return null
      const turn = Promise.withResolvers<Disposable>()
      line.turns.push(turn)
      lines.set(key, line)
      waiting += 1
      startNext()
      return turn.promise
    },
    load: () => ({ running: running.size, waiting }),
  }
}
