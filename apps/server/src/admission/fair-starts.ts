import type { ServerResponse } from 'node:http'

import { createInFlightCounter } from '@app/router'

interface Start {
  response: ServerResponse
  /** Whose request it is. */
  key: string
  /** From where it comes. */
  network: string
  /** Sessions of one account take turns too, so that a stolen one does not keep the owner's waiting. */
  session: string | null
  /** So many of the key may run at once. */
  running: number
}

interface Waiting extends Start {
  work: () => void
}

/** Starts requests of different networks by round robin, and those of the callers of each. */
export interface FairStarts {
  /**
   * Runs the work now or later, and never when the client has left meanwhile. It counts as running until it
   * is answered.
   */
  start(start: Start, work: () => void): void
}

/**
 * Starts one request in each turn of the event loop while others wait. Node hands out everything that has
 * arrived at once, in the order of the connections: a caller with a hundred connections would have a hundred
 * requests worked on before the next caller's.
 */
export function createFairStarts(): FairStarts {
  /** By network and by key. */
  const networks = new Map<string, Map<string, Waiting[]>>()
  /** Of each key that waits, the session that was started last. */
  const lastSession = new Map<string, string | null>()
  const running = createInFlightCounter()
  let hasStarted = false
  let isScheduled = false

  const run = ({ response, key, work }: Waiting) => {
    if (response.destroyed) return
    const slot = running.enter(key)
    atAnswer.set(response, () => {
      slot[Symbol.dispose]()
      schedule()
    })
    response.once('close', () => releaseSlot(response))
    work()
  }
  const startNext = () => {
    isScheduled = false
    for (const [network, lines] of networks) {
      const first = takeFrom(lines)
      if (first === undefined) continue
      // Behind the others.
      networks.delete(network)
      if (lines.size > 0) networks.set(network, lines)
      run(first)
      return schedule()
    }
  }
  const takeFrom = (lines: Map<string, Waiting[]>): Waiting | undefined => {
    for (const [key, line] of lines) {
      const first = line.find(({ session }) => session !== lastSession.get(key)) ?? line[0]
      if (first === undefined || running.count(key) >= first.running) continue
      line.splice(line.indexOf(first), 1)
      lastSession.set(key, first.session)
      // Behind the others.
      lines.delete(key)
      if (line.length > 0) lines.set(key, line)
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
      const lines = networks.get(start.network) ?? new Map<string, Waiting[]>()
      const line = lines.get(start.key) ?? []
      line.push(waiting)
      networks.set(start.network, lines.set(start.key, line))
      schedule()
    },
  }
}

const atAnswer = new WeakMap<ServerResponse, () => void>()

/**
 * Gives the place of a request to the next one of its caller. Call it when what is left is to send the
 * answer.
 */
export function releaseSlot(response: ServerResponse): void {
  atAnswer.get(response)?.()
  atAnswer.delete(response)
}
