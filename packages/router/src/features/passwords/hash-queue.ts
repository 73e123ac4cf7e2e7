/** A place in the line; give it back as soon as the hash is done. */
export interface HashTicket extends Disposable {}

/** Who wants a hash. */
export interface HashCaller {
  /** Signed-in people go first: they are not the storm. */
  isSignedIn: boolean
  /** Whose password it is about. */
  account: string
  /** Where the call comes from. */
  address: string
}

/**
 * Password hashing is the one thing here that costs a whole core for a quarter of a second, so it is rationed:
 * so many at once, so many waiting, and the surplus is told at once to come back later (BUSY). No single account or address
 * can take the whole line.
 */
export interface HashQueue {
  /** @returns a promise of a ticket, or null at once when there is no place in the line for this caller */
  enter(caller: HashCaller): Promise<HashTicket> | null
  /** Whether there is no place for anybody who comes from there, whatever the account. */
  isFullFor(address: string): boolean
  /**
   * After how many whole seconds somebody who got no place had better come back: about when the line of this moment will
   * have been served, and another number for each, or all of them would come back at once.
   */
  retryAfterSeconds(): number
  /** How many hold a ticket, and how many wait for one. */
  load(): { running: number; waiting: number }
}

export interface HashQueueLimits {
  /** Hashes that run at the same time. */
  concurrency: number
  /** Callers that may wait beyond those. */
  waiting: number
  /** Of these, callers about one account. */
  waitingPerAccount: number
  /** Of these, callers from one address. */
  waitingPerAddress: number
}

interface Waiting extends HashCaller {
  grant(ticket: HashTicket): void
}

/** Of the mean time that a ticket was held, what the newest one counts for. */
const weightOfNewest = 0.1

export function createHashQueue(limits: HashQueueLimits): HashQueue {
  const line: Waiting[] = []
  let running = 0
  let meanMs = 0

  const ticket = (): HashTicket => {
    let isHeld = true
    const grantedAt = performance.now()
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return
        isHeld = false
        const heldMs = performance.now() - grantedAt
        meanMs += (heldMs - meanMs) * (meanMs === 0 ? 1 : weightOfNewest)
        const next = takeNext(line)
        // The place passes on without becoming free in between.
        if (next === undefined) running -= 1
        else next.grant(ticket())
      },
    }
  }

  const isFullFor = (from: string): boolean =>
    running >= limits.concurrency &&
    (line.length >= limits.waiting ||
      line.filter(({ address }) => address === from).length >= limits.waitingPerAddress)

  return {
    enter: (caller) => {
      if (running < limits.concurrency) {
        running += 1
        return Promise.resolve(ticket())
      }
      const ofAccount = line.filter(({ account }) => account === caller.account).length
      if (isFullFor(caller.address) || ofAccount >= limits.waitingPerAccount) return null
      return new Promise((grant) => line.push({ ...caller, grant }))
    },
    isFullFor,
    load: () => ({ running, waiting: line.length }),
    retryAfterSeconds: () => {
      const servedAfterMs = (line.length * meanMs) / limits.concurrency
      return Math.max(1, Math.round((servedAfterMs / 1_000) * (0.5 + Math.random())))
    },
  }
}

/** First come, first served; signed-in callers before the others. */
function takeNext(line: Waiting[]): Waiting | undefined {
  const signedIn = line.findIndex(({ isSignedIn }) => isSignedIn)
  return line.splice(Math.max(0, signedIn), 1)[0]
}
