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
  /** Whether its work follows in this turn of the event loop, after `run`. */
  isLater: boolean
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
  /** Counts the turns of the event loop in which requests were started, and their ends. */
  let turn = 0
  const endTurn = () => (turn += 1)

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
    turn += 1
    const endsAt = performance.now() + turnMs
    do {
      const first = takeNext()
      if (first === undefined) return void setImmediate(endTurn)
      first.run?.()
      if (first.isLater) break
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
    const runningCount = running.count(key)
    const mayRun = (waiting: Waiting) => runningCount < waiting.running
    const first =
      requests.find((waiting) => waiting.session !== lastSession && mayRun(waiting)) ?? requests.find(mayRun)
    if (first === undefined) return undefined
    requests.splice(requests.indexOf(first), 1)
    caller.lastSession = first.session
    return first
  }
  const schedule = () => {
    if (isScheduled || networks.size === 0) return
    isScheduled = true
    setImmediate(startNext)
  }

  /** Checks whether nothing waits, and nothing was started in this turn of the event loop. */
  const isFree = (): boolean => {
    if (hasStarted || networks.size > 0) return false
    hasStarted = true
    turn += 1
    setImmediate(() => {
      hasStarted = false
      endTurn()
    })
    return true
  }
  const wait = ({ key, network }: Start, waiting: Waiting) => {
    const { callers } = networks.entry(network, (added) => ({ key: added, callers: new Round() }))
    const newCaller = (added: string) => ({ key: added, requests: [], lastSession: undefined })
    callers.entry(key, newCaller).requests.push(waiting)
    schedule()
  }
  const takeTurn = async (start: Start, startedIn: number): Promise<boolean> => {
    const { response, session } = start
    if (response.destroyed) return false
    if (startedIn === turn || isFree()) return true
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const waiting: Waiting = { session, running: Infinity, run: () => resolve(true), isLater: true }
    atEnd(response, () => {
      waiting.run = null
      resolve(false)
    })
    wait(start, waiting)
    return promise
  }

  return {
    start: (start, work) => {
      const { response, key, session } = start
      let startedIn = 0
      turns.set(response, () => takeTurn(start, startedIn))
      const begin = () => {
        startedIn = turn
        run(start, work)
      }
      const waiting: Waiting = { session, running: start.running, run: begin, isLater: false }
      atEnd(response, () => {
        waiting.run = null
        releaseSlot(response)
      })
      if (running.count(key) < start.running && isFree()) return begin()
      wait(start, waiting)
    },
  }
}

const turns = perRequest<ServerResponse, () => Promise<boolean>>('turn')

/**
 * Waits for the next turn of the caller of a request that was started, before it does more work: bodies that
 * arrive together must not be parsed in one turn of the event loop. A body that came with its head needs no
 * second turn.
 * @returns false when the client has left
 */
export async function nextTurn(response: ServerResponse): Promise<boolean> {
  return turns.get(response)?.() ?? !response.destroyed
}

const releases = perRequest<ServerResponse, (() => void) | null>('release of a slot')

/** Lets the next request of the same caller run. Call it when only the response is left to send. */
export function releaseSlot(response: ServerResponse): void {
  releases.get(response)?.()
  releases.set(response, null)
}
