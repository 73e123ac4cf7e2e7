import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Tracks whether the running code was called by the work of a `write`. A nested `write` would wait for itself
 * forever on SQLite, and take two connections of a small pool on PostgreSQL; so it throws before it waits.
 */
export class WriteScope {
  // The flag is cleared at the end, because work that started inside and outlives the transaction keeps the
  // store.
  readonly #current = new AsyncLocalStorage<{ open: boolean }>()

  async run<T>(work: () => Promise<T>): Promise<T> {
    this.assertOutside('write')
    const scope = { open: true }
    try {
      return await this.#current.run(scope, work)
    } finally {
      scope.open = false
    }
  }

  assertOutside(method: 'read' | 'write'): void {
    if (this.#current.getStore()?.open !== true) return
    throw new Error(
      `db.${method} was used inside the work of db.write. Inside a transaction use only the transaction it is given.`,
    )
  }
}
