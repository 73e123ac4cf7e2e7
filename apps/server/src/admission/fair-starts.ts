import type { ServerResponse } from 'node:http'
import { createInFlightCounter } from '@app/router'
import { atEnd } from '../http/at-end.ts'
import { perRequest } from '../http/per-request.ts'

interface Start {
  response: ServerResponse
  /** The caller: an account or an address. */
  key: string
  network: string
  /** Sessions of one account alternate too, so that a stolen one does not delay the user's. */
  session: string | null
  /** How many requests of the key may run at the same time. */
  running: number
}

interface Waiting extends Start {
  work: () => void
}

/** Starts requests of different networks by round robin, and those of the callers of each. */
export interface FairStarts {
  /**
   * Runs the work now or later, unless the client has left by then. It counts as running until `releaseSlot`.
   */
  start(start: Start, work: () => void): void
}

/**
 * Starts one request in each turn of the event loop while others wait. Node emits all requests that have
 * arrived in one turn, connection by connection: without this, a caller with a hundred connections would be
 * served a hundred times before the next caller.
 */
export function createFairStarts(): FairStarts {
  /** The waiting requests by network and by key. */
  const networks = new Map<string, Map<string, Waiting[]>>()
  /** For each key that waits, the session whose request was started last. */
  const lastSession = new Map<string, string | null>()
  const running = createInFlightCounter()
  let hasStarted = false
  let isScheduled = false

  const run = ({ response, key, work }: Waiting) => {
    if (response.destroyed) return
    const slot = running.enter(key)
    releases.set(response, () => {
      slot[Symbol.dispose]()
      schedule()
    })
    atEnd(response, () => releaseSlot(response))
    work()
  }
  const startNext = () => {
    isScheduled = false
    for (const [network, queues] of networks) {
      const first = takeFrom(queues)
      if (first === undefined) continue
      // To the end of the round.
      networks.delete(network)
      if (queues.size > 0) networks.set(network, queues)
      run(first)
      return schedule()
    }
  }
  const takeFrom = (queues: Map<string, Waiting[]>): Waiting | undefined => {
    for (const [key, queue] of queues) {
      const first = queue.find(({ session }) => session !== lastSession.get(key)) ?? queue[0]
      if (first === undefined || running.count(key) >= first.running) continue
      queue.splice(queue.indexOf(first), 1)
      lastSession.set(key, first.session)
      // To the end of the round.
      queues.delete(key)
      if (queue.length > 0) queues.set(key, queue)
      else lastSession.delete(key)
      return first
    }
    return undefined
  }
  const schedule = () => {
    if (isScheduled || networks.size === 0) return
    isScheduled = true
    setImmediate(startNext)
  }

  return {
    start: (start, work) => {
      const waiting = { ...start, work }
      if (!hasStarted && networks.size === 0 && running.count(start.key) < start.running) {
        hasStarted = true
        setImmediate(() => {
          hasStarted = false
        })
        return run(waiting)
      }
      const queues = networks.get(start.network) ?? new Map<string, Waiting[]>()
      const queue = queues.get(start.key) ?? []
      queue.push(waiting)
      networks.set(start.network, queues.set(start.key, queue))
      schedule()
    },
  }
}

const releases = perRequest<ServerResponse, (() => void) | null>('release of a slot')

/** Lets the next request of the same caller run. Call it when only the response is left to send. */
export function releaseSlot(response: ServerResponse): void {
  releases.get(response)?.()
  releases.set(response, null)
}
