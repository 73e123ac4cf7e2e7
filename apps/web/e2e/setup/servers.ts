import { deleteRows, emptyTables } from './change-rows.ts'
import { startServer } from './start-server.ts'
import type { Server } from './start-server.ts'

interface Shared {
  server: Server
  /** The tables that are cleared between tests. */
  tables: readonly string[]
}

/** The servers that the tests of a worker share: one for each set of settings, started at the first use. */
export class Servers implements AsyncDisposable {
  readonly #shared = new Map<string, Promise<Shared>>()

  /** Returns a running server with these settings and an empty database. The test may stop and start it. */
  async acquire(settings: Record<string, string> = {}): Promise<Server> {
    const key = JSON.stringify(settings)
    const starting = this.#shared.get(key) ?? startShared(settings)
    this.#shared.set(key, starting)
    const { server, tables } = await starting
    if (!server.isRunning) await server.start()
    deleteRows(server, tables)
    return server
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const all = await Promise.all(this.#shared.values())
    await Promise.all(all.map(({ server }) => server[Symbol.asyncDispose]()))
  }
}

async function startShared(settings: Record<string, string>): Promise<Shared> {
  const server = await startServer(settings)
  return { server, tables: emptyTables(server) }
}
