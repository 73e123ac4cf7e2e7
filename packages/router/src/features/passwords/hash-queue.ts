import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { createRecentCounts } from './recent-counts.ts'

/** A place among the hashes that may run; give it back as soon as the hash is done. */
export interface HashSlot extends Disposable {}

/** Who wants a hash. */
export interface HashCaller {
  /** What the attempt is counted with: an account, a known device or a session. */
  key: string
  /** Where the call comes from. */
  address: string
  /** Whether it comes from a known device of the account. */
  isKnownDevice: boolean
}

/**
 * Password hashing is the one thing here that costs a whole core for a quarter of a second, so it is rationed: so many at once, so many
 * waiting, and the surplus is refused at once (BUSY).
 *
 * The queue is fair by network, then by address, then by key: the next hash is for whoever has had the fewest in the last minute. A full queue
 * evicts a waiter of whoever has the most, so an attacker who fills it refuses only their own calls.
 */
export interface HashQueue {
  /** @returns a ticket; null when there is no place, or when the caller was evicted while waiting */
  enter(caller: HashCaller): Promise<HashSlot | null>
  /** Whether a stranger from there would be refused, whatever the account. */
  isFullFor(address: string): boolean
  /**
   * After how many whole seconds a refused caller should try again: about when the queue of this moment will
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
  /** Of these, callers with one key. */
  waitingPerKey: number
}

interface Rank extends HashCaller {
  network: string
}

interface Waiting extends Rank {
  resolve(ticket: HashSlot | null): void
}

/** Of the mean time that a ticket was held, what the newest one counts for. */
const weightOfNewest = 0.1

/** Every fourth turn is the oldest caller's, so that none waits for ever. */
const turnsPerOldest = 4

/** @param now milliseconds that never go back */
export function createHashQueue(limits: HashQueueLimits, now = () => performance.now()): HashQueue {
  let queue: Waiting[] = []
  const served = createRecentCounts(now)
  let running = 0
  let turns = 0
  let meanMs = 0

  const ticketFor = (caller: Rank): HashSlot => {
    for (const group of groupsOf(caller)) served.add(group)
    let isHeld = true
    const grantedAt = now()
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return
        isHeld = false
        const heldMs = now() - grantedAt
        meanMs += (heldMs - meanMs) * (meanMs === 0 ? 1 : weightOfNewest)
        const next = takeNext()
        // The place passes on without becoming free in between.
        if (next === undefined) running -= 1
        else next.resolve(ticketFor(next))
      },
    }
  }

  const takeNext = (): Waiting | undefined => {
    turns += 1
    const isOldest = turns % turnsPerOldest === 0
    const next = isOldest ? queue[0] : leastBy(queue, (caller) => shareOf(caller))
    queue = queue.filter((each) => each !== next)
    return next
  }

  /** Ranks a caller by what they have had lately, most general first, and by what `waiting` counts on top. */
  const shareOf = (caller: Rank, waiting?: ReadonlyMap<string, number>): number[] => {
    const [network, address, key] = groupsOf(caller).map(
      (group) => served.count(group) + (waiting?.get(group) ?? 0),
    )
    return [network ?? 0, address ?? 0, caller.isKnownDevice ? 0 : 1, key ?? 0]
  }

  /** @returns who of the waiting has most, the newest of equals */
  const greediestOf = (waiting: readonly Rank[]): Rank | undefined => {
    const counts = new Map<string, number>()
    for (const group of waiting.flatMap(groupsOf)) counts.set(group, (counts.get(group) ?? 0) + 1)
    return leastBy(waiting.toReversed(), (caller) => shareOf(caller, counts).map((share) => -share))
  }

  return {
    enter: async (caller) => {
      const network = networkOf(caller.address)
      if (running < limits.concurrency) {
        running += 1
        return ticketFor({ ...caller, network })
      }
      if (queue.filter(({ key }) => key === caller.key).length >= limits.waitingPerKey) return null
      const { promise, resolve } = Promise.withResolvers<HashSlot | null>()
      const waiting: Waiting[] = [...queue, { ...caller, network, resolve }]
      const evicted = waiting.length > limits.waiting ? greediestOf(waiting) : undefined
      queue = waiting.filter((each) => each !== evicted)
      waiting.find((each) => each === evicted)?.resolve(null)
      return promise
    },
    isFullFor: (address) => {
      if (running < limits.concurrency || queue.length < limits.waiting) return false
      const newcomer = { address, network: networkOf(address), key: '', isKnownDevice: false }
      return greediestOf([...queue, newcomer]) === newcomer
    },
    load: () => ({ running, waiting: queue.length }),
    retryAfterSeconds: () => {
      const servedAfterMs = (queue.length * meanMs) / limits.concurrency
      return Math.max(1, Math.round((servedAfterMs / 1_000) * (0.5 + Math.random())))
    },
  }
}

/** The names by which a caller is counted, most general first. */
function groupsOf({ network, address, key }: Rank): string[] {
  return [`network ${network}`, `address ${address}`, `key ${key}`]
}

/** @returns the first of those whose ranks, compared one after the other, are least */
function leastBy<T>(items: readonly T[], ranksOf: (item: T) => number[]): T | undefined {
  let least: { item: T; ranks: number[] } | undefined
  for (const item of items) {
    const ranks = ranksOf(item)
    const difference = least === undefined ? -1 : compareRanks(ranks, least.ranks)
    if (difference < 0) least = { item, ranks }
  }
  return least?.item
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  for (const [index, rank] of one.entries()) {
    const difference = rank - (other[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
