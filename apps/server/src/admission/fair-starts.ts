import type { ServerResponse } from 'node:http'
import { createInFlightCounter } from '@app/router'
import { atEnd } from '../http/at-end.ts'
import { perRequest } from '../http/per-request.ts'
import { Round } from './round.ts'

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

interface Waiting {
  session: string | null
  /** How many requests of the key may run at the same time. */
  running: number
  /** Null when the client has left: a place in the queue must not keep its request in memory. */
  run: (() => void) | null
}

/** Starts requests of different networks by round robin, and those of the callers of each. */
export interface FairStarts {
  /**
   * Runs the work now or later, unless the client has left by then. It counts as running until `releaseSlot`.
   */
  start(start: Start, work: () => void): void
}

interface WaitingCaller {
  key: string
  requests: Waiting[]
  /** The session whose request was started last. */
  lastSession: string | null | undefined
}

interface WaitingNetwork {
  key: string
  callers: Round<WaitingCaller>
}

/**
 * How long requests are started in one turn of the event loop: some small ones, or one that takes longer. A
 * turn for each would add a tenth to the cost of a small call.
 */
const turnMs = 0.2

/**
 * Starts a few requests in each turn of the event loop while others wait. Node emits all requests that have
 * arrived in one turn, connection by connection: without this, a caller with a hundred connections would be
 * served a hundred times before the next caller.
 */
export function createFairStarts(): FairStarts {
  const networks = new Round<WaitingNetwork>()
  const running = createInFlightCounter()
  let hasStarted = false
  let isScheduled = false

  const run = ({ response, key }: Start, work: () => void) => {
    if (response.destroyed) return
    const slot = running.enter(key)
    releases.set(response, () => {
      slot[Symbol.dispose]()
      schedule()
    })
    work()
  }
  const startNext = () => {
    isScheduled = false
    const endsAt = performance.now() + turnMs
    do {
      const first = takeNext()
      if (first === undefined) return
      first.run?.()
    } while (performance.now() < endsAt)
    schedule()
  }
  const takeNext = () =>
    networks.take(
      ({ callers }) => callers.take(takeRequest, ({ requests }) => requests.length === 0),
      ({ callers }) => callers.size === 0,
    )
  const takeRequest = (caller: WaitingCaller): Waiting | undefined => {
    const { key, requests, lastSession } = caller
    const first = requests.find(({ session }) => session !== lastSession) ?? requests[0]
    if (first === undefined || running.count(key) >= first.running) return undefined
    requests.splice(requests.indexOf(first), 1)
    caller.lastSession = first.session
    return first
  }
  const schedule = () => {
    if (isScheduled || networks.size === 0) return
    isScheduled = true
    setImmediate(startNext)
  }

  return {
    start: (start, work) => {
      const { response, session } = start
      const waiting: Waiting = { session, running: start.running, run: () => run(start, work) }
      atEnd(response, () => {
        waiting.run = null
        releaseSlot(response)
      })
      if (!hasStarted && networks.size === 0 && running.count(start.key) < start.running) {
        hasStarted = true
        setImmediate(() => {
          hasStarted = false
        })
        return run(start, work)
      }
      const { callers } = networks.entry(start.network, (key) => ({ key, callers: new Round() }))
      const newCaller = (key: string) => ({ key, requests: [], lastSession: undefined })
      callers.entry(start.key, newCaller).requests.push(waiting)
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
