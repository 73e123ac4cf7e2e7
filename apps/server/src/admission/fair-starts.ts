import type { ServerResponse } from 'node:http'
import { createInFlightCounter } from '@app/router'
import { atEnd } from '../http/at-end.ts'
import { coalesceWrites } from '../http/coalesced-writes.ts'
import { perRequest } from '../http/per-request.ts'
import { createPace } from './pace.ts'
import { Round } from './round.ts'

interface CallerLimits {
  /** The caller: an account or an address. */
  key: string
  /** How many requests of the caller may run at the same time. */
  running: number
  /** The cost of the requests that may start in a window of 100 ms. */
  costInWindow: number
}

interface Start extends CallerLimits {
  response: ServerResponse
  network: string
  /** Sessions and access tokens of one account take turns too, so that a stolen one does not delay others. */
  credentialId: string | null
  /** 1 for a small call. */
  cost: number
}

interface Waiting {
  /** Null when the client has left: a place in the queue must not keep its request in memory. */
  run: (() => void) | null
}

interface Taken {
  request: Waiting
  isBody: boolean
}

/** Starts requests of different networks by round robin, and those of the callers of each. */
export interface FairStarts {
  /**
   * Runs the work now or later, unless the client has left by then. It counts as running until `releaseSlot`.
   */
  start(start: Start, work: () => void): void
}

interface WaitingCredential {
  key: string
  starts: Waiting[]
  /** Requests whose body has arrived. They wait for a turn only, however many requests run. */
  bodies: Waiting[]
}

interface WaitingCaller extends CallerLimits {
  credentials: Round<WaitingCredential>
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
  const pace = createPace(() => schedule())
  let isScheduled = false
  /** How many turns of the event loop have started requests. */
  let turnCount = 0
  /** The number of this one; null when it has started none. */
  let turn: number | null = null
  /** Whether a request has started in this turn without a wait. */
  let isClaimed = false
  const beginTurn = () => {
    turnCount += 1
    turn = turnCount
    setImmediate(endTurn)
  }
  const endTurn = () => {
    turn = null
    isClaimed = false
  }

  const mayStart = ({ key, running: most, costInWindow }: CallerLimits) =>
    running.count(key) < most && pace.spent(key) < costInWindow
  const run = ({ response, key, cost, costInWindow }: Start, work: () => void) => {
    if (response.destroyed) return
    if (costInWindow < Infinity) pace.add(key, cost)
    const slot = running.enter(key)
    releases.set(response, () => {
      slot[Symbol.dispose]()
      schedule()
    })
    work()
  }
  const startNext = () => {
    isScheduled = false
    beginTurn()
    if (coalesceWrites(startSome)) schedule()
  }
  /** @returns whether another may start */
  const startSome = (): boolean => {
    const endsAt = performance.now() + turnMs
    do {
      const taken = takeNext()
      if (taken === undefined) return false
      taken.request.run?.()
      // It is parsed in a microtask, after this function.
      if (taken.isBody) break
    } while (performance.now() < endsAt)
    return true
  }
  const takeNext = () =>
    networks.take(
      ({ callers }) => callers.take(takeOfCaller, ({ credentials }) => credentials.size === 0),
      ({ callers }) => callers.size === 0,
    )
  const takeOfCaller = (caller: WaitingCaller): Taken | undefined => {
    const takesStarts = mayStart(caller)
    return caller.credentials.take(
      ({ bodies, starts }) => {
        const isBody = bodies.length > 0
        const request = isBody ? bodies.shift() : takesStarts ? starts.shift() : undefined
        return request && { request, isBody }
      },
      ({ bodies, starts }) => bodies.length + starts.length === 0,
    )
  }
  const schedule = () => {
    if (isScheduled || networks.size === 0) return
    isScheduled = true
    setImmediate(startNext)
  }

  /** Claims this turn of the event loop, unless requests wait or it is claimed. */
  const tryClaimTurn = (): boolean => {
    if (isClaimed || networks.size > 0) return false
    isClaimed = true
    beginTurn()
    return true
  }
  const wait = (start: Start, list: 'starts' | 'bodies', waiting: Waiting) => {
    const { callers } = networks.entry(start.network, (key) => ({ key, callers: new Round() }))
    const { running: most, costInWindow } = start
    const newCaller = (key: string) => ({
      key,
      running: most,
      costInWindow,
      credentials: new Round<WaitingCredential>(),
    })
    const { credentials } = callers.entry(start.key, newCaller)
    const newCredential = (key: string) => ({ key, starts: [], bodies: [] })
    credentials.entry(start.credentialId ?? '', newCredential)[list].push(waiting)
    schedule()
  }
  const takeTurn = async (start: Start, startedIn: number | null): Promise<boolean> => {
    const { response } = start
    if (response.destroyed) return false
    const isStartedNow = startedIn !== null && startedIn === turn
    if (isStartedNow || tryClaimTurn()) return true
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const waiting: Waiting = { run: () => resolve(true) }
    atEnd(response, () => {
      waiting.run = null
      resolve(false)
    })
    wait(start, 'bodies', waiting)
    return promise
  }

  return {
    start: (start, work) => {
      const { response } = start
      let startedIn: number | null = null
      turns.set(response, () => takeTurn(start, startedIn))
      const begin = () => {
        startedIn = turn
        run(start, work)
      }
      const waiting: Waiting = { run: begin }
      atEnd(response, () => {
        waiting.run = null
        releaseSlot(response)
      })
      if (mayStart(start) && tryClaimTurn()) return begin()
      wait(start, 'starts', waiting)
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
