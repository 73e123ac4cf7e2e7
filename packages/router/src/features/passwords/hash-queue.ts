import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { createRecentCounts } from './recent-counts.ts'

/** Lets a caller hash; the caller disposes of it as soon as the hash is done. */
export interface HashSlot extends Disposable {}

/** The caller of a password hash. */
export interface HashCaller {
  /** The key under which the attempt is counted: an account, a known device or a session. */
  key: string
  /** The client's address. */
  address: string
  /** Whether the client is a known device of the account. */
  isKnownDevice: boolean
}

/**
 * Bounds password hashing, which takes a whole core for a quarter of a second. A number of hashes run, a
 * number of callers wait, and the surplus is rejected immediately (BUSY).
 *
 * The queue is fair by network, then by address, then by key: the next slot is for the caller with the fewest
 * slots in the last minute. A full queue evicts a waiting caller of the group with the most slots. So an
 * attacker who fills it only gets their own calls rejected.
 */
export interface HashQueue {
  /** @returns a slot; null when the queue is full, or when the caller was evicted while waiting */
  enter(caller: HashCaller): Promise<HashSlot | null>
  /** Checks whether an unknown device from this address would be rejected, for every account. */
  isFullFor(address: string): boolean
  /**
   * Returns after how many whole seconds a rejected caller should retry: about when the present queue has
   * been served. Random, so that callers do not retry together.
   */
  retryAfterSeconds(): number
  /** Returns how many callers have a slot, and how many wait for one. */
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
  resolve(slot: HashSlot | null): void
}

/** The weight of the newest hash in the mean time that a slot was in use. */
const weightOfNewest = 0.1

/** Every fourth slot is for the caller that has waited longest, so that none waits forever. */
const slotsPerOldest = 4

/** @param now milliseconds that never decrease */
export function createHashQueue(limits: HashQueueLimits, now = () => performance.now()): HashQueue {
  let queue: Waiting[] = []
  const served = createRecentCounts(now)
  let running = 0
  let granted = 0
  let meanMs = 0

  const slotFor = (caller: Rank): HashSlot => {
    for (const group of groupsOf(caller)) served.add(group)
    let isInUse = true
    const grantedAt = now()
    return {
      [Symbol.dispose]: () => {
        if (!isInUse) return
        isInUse = false
        const usedMs = now() - grantedAt
        meanMs += (usedMs - meanMs) * (meanMs === 0 ? 1 : weightOfNewest)
        const next = takeNext()
        // The slot passes on, and is never free in between.
        if (next === undefined) running -= 1
        else next.resolve(slotFor(next))
      },
    }
  }

  const takeNext = (): Waiting | undefined => {
    granted += 1
    const isOldest = granted % slotsPerOldest === 0
    const next = isOldest ? queue[0] : leastBy(queue, (caller) => shareOf(caller))
    queue = queue.filter((each) => each !== next)
    return next
  }

  /** Ranks a caller by its recent slots, most general group first, plus the counts in `waiting`. */
  const shareOf = (caller: Rank, waiting?: ReadonlyMap<string, number>): number[] => {
    const [network, address, key] = groupsOf(caller).map(
      (group) => served.count(group) + (waiting?.get(group) ?? 0),
    )
    return [network ?? 0, address ?? 0, caller.isKnownDevice ? 0 : 1, key ?? 0]
  }

  /** @returns the waiting caller whose groups have the most slots, the newest of equals */
  const findHeaviest = (waiting: readonly Rank[]): Rank | undefined => {
    const counts = new Map<string, number>()
    for (const group of waiting.flatMap(groupsOf)) counts.set(group, (counts.get(group) ?? 0) + 1)
    return leastBy(waiting.toReversed(), (caller) => shareOf(caller, counts).map((share) => -share))
  }

  return {
    enter: async (caller) => {
      const network = networkOf(caller.address)
      if (running < limits.concurrency) {
        running += 1
        return slotFor({ ...caller, network })
      }
      if (queue.filter(({ key }) => key === caller.key).length >= limits.waitingPerKey) return null
      const { promise, resolve } = Promise.withResolvers<HashSlot | null>()
      const waiting: Waiting[] = [...queue, { ...caller, network, resolve }]
      const evicted = waiting.length > limits.waiting ? findHeaviest(waiting) : undefined
      queue = waiting.filter((each) => each !== evicted)
      waiting.find((each) => each === evicted)?.resolve(null)
      return promise
    },
    isFullFor: (address) => {
      if (running < limits.concurrency || queue.length < limits.waiting) return false
      const newcomer = { address, network: networkOf(address), key: '', isKnownDevice: false }
      return findHeaviest([...queue, newcomer]) === newcomer
    },
    load: () => ({ running, waiting: queue.length }),
    retryAfterSeconds: () => {
      const servedAfterMs = (queue.length * meanMs) / limits.concurrency
      return Math.max(1, Math.round((servedAfterMs / 1_000) * (0.5 + Math.random())))
    },
  }
}

/** Returns the groups in which a caller is counted, most general first. */
function groupsOf({ network, address, key }: Rank): string[] {
  return [`network ${network}`, `address ${address}`, `key ${key}`]
}

/** @returns the first item with the least ranks, compared one after the other */
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
