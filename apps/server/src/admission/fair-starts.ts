import type { ServerResponse } from 'node:http'

import { createInFlightCounter } from '@app/router'

interface Start {
  response: ServerResponse
  /** Whose request it is. */
  key: string
  /** Sessions of one account take turns too, so that a stolen one does not keep the owner's waiting. */
  session: string | null
  /** So many of the key may run at once. */
  running: number
}

interface Waiting extends Start {
  work: () => void
}

/** Starts requests of different callers by round robin. */
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
  const lines = new Map<string, Waiting[]>()
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
    for (const [key, line] of lines) {
      const first = line.find(({ session }) => session !== lastSession.get(key)) ?? line[0]
      if (first === undefined || running.count(key) >= first.running) continue
      line.splice(line.indexOf(first), 1)
      lastSession.set(key, first.session)
      // Behind the others.
      lines.delete(key)
      if (line.length > 0) lines.set(key, line)
      else lastSession.delete(key)
      run(first)
      return schedule()
    }
  }
  const schedule = () => {
    if (isScheduled || lines.size === 0) return
    isScheduled = true
    setImmediate(startNext)
  }

  return {
    start: (start, work) => {
      const waiting = { ...start, work }
      if (!hasStarted && lines.size === 0 && running.count(start.key) < start.running) {
        hasStarted = true
        setImmediate(() => {
          hasStarted = false
        })
        return run(waiting)
      }
      const line = lines.get(start.key)
      if (line === undefined) lines.set(start.key, [waiting])
      else line.push(waiting)
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
