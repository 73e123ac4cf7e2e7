import type { TestApp } from '../../src/testing/test-app.ts'
import type { ServerPair } from './server-pair.ts'

/**
 * Runs `meanwhile` right before the next transaction begins, after its call has passed the guards.
 */
export function beforeNextWrite({ services: { db } }: TestApp, meanwhile: () => Promise<unknown>): void {
  const { write } = db
  db.write = async (work) => {
    db.write = write
    await meanwhile()
    return write(work)
  }
}

/** Delayed transactions of calls that have passed their guards. */
export interface DelayedWrites {
  /** Resolves when all are delayed. */
  readonly all: Promise<void>
  release(): void
}

/**
 * Delays the next `count` transactions on every server, as a long queue of writers would; later ones pass.
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
