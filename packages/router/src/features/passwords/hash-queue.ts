/** A place in the line; give it back as soon as the hash is done. */
export interface HashTicket extends Disposable {}

/**
 * Password hashing is the one thing here that costs a whole core for a quarter of a second, so it is rationed:
 * so many at once, so many waiting, and the surplus is told at once to come back later (BUSY).
 */
export interface HashQueue {
  /** @returns a promise of a ticket, or null at once when the line is full */
  enter(): Promise<HashTicket> | null
}

export interface HashQueueLimits {
  /** Hashes that run at the same time. */
  concurrency: number
  /** Callers that may wait beyond those. */
  waiting: number
}

export function createHashQueue({ concurrency, waiting }: HashQueueLimits): HashQueue {
  const line: ((ticket: HashTicket) => void)[] = []
  let running = 0

  const ticket = (): HashTicket => {
    let held = true
    return {
      [Symbol.dispose]: () => {
        if (!held) return
        held = false
        const next = line.shift()
        // The place passes on without becoming free in between.
        if (next === undefined) running -= 1
        else next(ticket())
      },
    }
  }

  return {
    enter: () => {
      if (running < concurrency) {
        running += 1
        return Promise.resolve(ticket())
      }
      if (line.length >= waiting) return null
      return new Promise((grant) => line.push(grant))
    },
  }
}
