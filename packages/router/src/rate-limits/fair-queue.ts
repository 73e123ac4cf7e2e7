import { busyMsOfThread } from '../busy-ms.ts'
import { FairOrder } from '../fair-order.ts'
import type { QueueCaller } from '../fair-order.ts'

/** Its disposal is followed by a rest for the measured use. */
export interface QueueSlot extends Disposable {
  /**
   * Releases the slot before its work ends, such as a commit. The rest is for an estimate in milliseconds,
   * instead of the measured use.
   */
  releaseEarly(estimatedMs: number): void
  /** Measures the use from now on in another way. Default: for how long this thread was busy. */
  measureBy(usedMs: () => number): void
}

export interface FairQueue {
  /**
   * Waits for a slot. Dispose of it at the end.
   * @param network of the caller. Default: one for all
   * @param left is aborted when the caller leaves, who then waits no longer
   * @returns null when the key, or all keys together, have too many waiting, or the caller left
   */
  enter(key: string, network?: string, left?: AbortSignal): Promise<QueueSlot | null>
  /** Adds the rest for work that follows a use, such as the JSON of a batch. */
  restAfter(usedMs: number): void
  load(): { running: number; waiting: number }
}

interface FairQueueOptions {
  /** A key has one slot at a time. */
  slots: number
  /** Slots that the keys of one network may have together. Default: all. */
  slotsPerNetwork?: number
  waitingPerKey: number
  /** Of all keys together. */
  waiting: number
  /**
   * How long no slot is granted after a use, as a multiple of the time for which it kept this thread busy, at
   * most 50 ms: with 8, all slots together take a ninth of the thread. A use of less than a millisecond is
   * followed by no rest. Default: 0.
   */
  rest?: number
  /**
   * Rests are owed, in milliseconds, and time pays them off. A slot waits only while more than this is owed,
   * so that the few lists of one page do not wait for each other. Default: 0.
   */
  mayOweMs?: number
  /** Returns for how many milliseconds this thread has been busy. Default: by its event loop. */
  busyMs?: () => number
}

const maxRestMs = 50

/** A page of short rows takes less, so that users who turn pages never wait. */
const leastUseMs = 1

/**
 * Gives slots in the order of FairOrder. So a key with many waiting calls, or a network with many keys,
 * delays another by at most one use of a slot. Between two uses of a slot the event loop turns once, so that
 * other requests are read and answered.
 */
export function createFairQueue(options: FairQueueOptions): FairQueue {
  const order = new FairOrder<PromiseWithResolvers<QueueSlot | null>>()
  /** The network of each key that has a slot. */
  const running = new Map<string, string>()
  const { rest = 0, mayOweMs = 0, busyMs = busyMsOfThread } = options
  let restsUntilMs = -Infinity
  let timer: NodeJS.Timeout | undefined

  const startNext = () => {
    const restMs = restsUntilMs - performance.now() - mayOweMs
    if (restMs > 0) return startAfter(restMs)
    while (running.size < options.slots) {
      const next = order.take(mayRun)
      if (next === undefined) return
      const { key, network } = next.caller
      running.set(key, network)
      next.item.resolve(slotOf(key))
    }
  }
  const startAfter = (ms: number) => {
    timer ??= setTimeout(() => {
      timer = undefined
      startNext()
    }, ms)
  }
  const mayRun = ({ key, network }: QueueCaller): boolean =>
    !running.has(key) &&
    (options.slotsPerNetwork === undefined ||
      [...running.values()].filter((each) => each === network).length < options.slotsPerNetwork)
  const slotOf = (key: string): QueueSlot => {
    const grantedBusyMs = busyMs()
    let used = () => busyMs() - grantedBusyMs
    let isReleased = false
    const release = (usedMs: () => number) => {
      if (isReleased) return
      isReleased = true
      // The rest of this turn makes the response of the use.
      setImmediate(() => {
        restAfter(usedMs())
        running.delete(key)
        startNext()
      })
    }
    return {
      releaseEarly: (estimatedMs) => release(() => estimatedMs),
      measureBy: (usedMs) => {
        used = usedMs
      },
      [Symbol.dispose]: () => release(used),
    }
  }
  const restAfter = (usedMs: number) => {
    if (usedMs < leastUseMs) return
    restsUntilMs = Math.max(restsUntilMs, performance.now()) + Math.min(rest * usedMs, maxRestMs)
  }

  return {
    enter: async (key, network = '', left) => {
      const hasTooMany = order.waitingOf(key) >= options.waitingPerKey || order.size >= options.waiting
      if (hasTooMany || left?.aborted === true) return null
      const slot = Promise.withResolvers<QueueSlot | null>()
      const stopWaiting = () => {
        if (order.remove(key, slot)) slot.resolve(null)
      }
      left?.addEventListener('abort', stopWaiting, { once: true })
      order.add({ key, network }, slot)
      startNext()
      return slot.promise
    },
    restAfter,
    load: () => ({ running: running.size, waiting: order.size }),
  }
}
