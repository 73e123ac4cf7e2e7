import type { Connections } from './connections.ts'
import type { Database, Writer } from './database.ts'
import { DatabaseUnavailable } from './database-unavailable.ts'
import type { Migration } from './migration.ts'
import { RunningWork } from './running-work.ts'
import { assertCurrent, recordedMigrations } from './schema-state.ts'
import type { WriteScope } from './write-scope.ts'

const RETRIES = 3

export interface DatabaseParts {
  readonly connections: Connections
  /** The one that the connections were opened with. */
  readonly scope: WriteScope
  readonly migrations: readonly Migration[]
  /** How long `close` waits for running work. */
  readonly closePatienceMs: number
}

/** Puts the rules of the port around two open sides of a database. */
export function createDatabase({ connections, scope, migrations, closePatienceMs }: DatabaseParts): Database {
  const running = new RunningWork()
  let wasCurrent = false
  let closed: Promise<void> | undefined
  return {
    kind: connections.kind,
    read: connections.reader,
    write: (work) => running.run(() => scope.run(() => transact(connections, work))),
    async check() {
      connections.assertWhole()
      const recorded = await recordedMigrations(connections.reader)
      assertCurrent(recorded, migrations, { acceptNewer: wasCurrent })
      wasCurrent = true
    },
    close() {
      closed ??= running.end(closePatienceMs).then(() => connections.close())
      return closed
    },
  }
}

async function transact<T>(
  { writer, kind, isWorthRetrying }: Connections,
  work: (tx: Writer) => Promise<T>,
): Promise<T> {
  const transaction =
    kind === 'postgres' ? writer.transaction().setIsolationLevel('read committed') : writer.transaction()
  for (let retries = 0; ; retries += 1) {
    try {
      return await transaction.execute(work)
    } catch (error) {
      if (!isWorthRetrying(error)) throw error
      if (retries === RETRIES) {
        throw new DatabaseUnavailable('Other transactions were in the way every time.', { cause: error })
      }
    }
  }
}
