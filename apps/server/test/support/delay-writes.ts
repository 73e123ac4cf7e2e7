import type { TestApp } from '../../src/testing/test-app.ts'
import type { ServerPair } from './server-pair.ts'

/**
 * Lets `meanwhile` happen when the next transaction is about to begin: its call has passed the guards and
 * waits for its turn.
 */
export function beforeNextWrite({ services: { db } }: TestApp, meanwhile: () => Promise<unknown>): void {
  const { write } = db
  db.write = async (work) => {
    db.write = write
    await meanwhile()
    return write(work)
  }
}

/** Transactions that have not begun, of calls that have passed the guards. */
export interface DelayedWrites {
  /** Resolves when so many are held. */
  readonly all: Promise<void>
  release(): void
}

/**
 * Holds the next transactions on every server, as a long line of writers would; those that come later pass.
 */
export function delayWrites(servers: ServerPair, count: number): DelayedWrites {
  const [all, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let held = 0
  for (const { services } of new Set([servers.at(0), servers.at(1)])) {
    const { write } = services.db
    services.db.write = async (work) => {
      if (held < count) {
        held += 1
        if (held === count) all.resolve()
        await released.promise
      }
      return write(work)
    }
  }
  return { all: all.promise, release: () => released.resolve() }
}
