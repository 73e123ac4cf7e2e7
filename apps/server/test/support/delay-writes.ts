import type { TestApp } from '../../src/testing/test-app.ts'
import type { ServerPair } from './server-pair.ts'

/** Runs `action` right before the next transaction begins, after its call has passed the guards. */
export function runBeforeNextWrite({ services: { db } }: TestApp, action: () => Promise<unknown>): void {
  const { write } = db
  db.write = async (work) => {
    db.write = write
    await action()
    return write(work)
  }
}

/** Counts the transactions that have been asked for, also those that wait. */
export function countWrites({ services: { db } }: TestApp): { reach(count: number): Promise<void> } {
  const { write } = db
  let [asked, wanted] = [0, Infinity]
  let reached = Promise.withResolvers<void>()
  db.write = (work, options) => {
    asked += 1
    if (asked >= wanted) reached.resolve()
    return write(work, options)
  }
  return {
    reach: (count) => {
      wanted = count
      reached = Promise.withResolvers()
      if (asked >= count) reached.resolve()
      return reached.promise
    },
  }
}

/** Delayed transactions of calls that have passed their guards. */
export interface DelayedWrites {
  /** Resolves when `count` of them are delayed. */
  readonly allDelayed: Promise<void>
  release(): void
}

/**
 * Delays the next `count` transactions on every server, as a long queue of writers would; later ones pass.
 */
export function delayWrites(servers: ServerPair, count: number): DelayedWrites {
  const [allDelayed, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let delayed = 0
  for (const { services } of new Set([servers.at(0), servers.at(1)])) {
    const { write } = services.db
    services.db.write = async (work) => {
      if (delayed < count) {
        delayed += 1
        if (delayed === count) allDelayed.resolve()
        await released.promise
      }
      return write(work)
    }
  }
  return { allDelayed: allDelayed.promise, release: () => released.resolve() }
}
