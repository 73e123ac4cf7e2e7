import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { Connections, ReserveUse } from './connections.ts'
import type { Database, WriteOptions } from './database.ts'
import type { Migration } from './migration.ts'
import { RunningWork } from './running-work.ts'
import { assertCurrent, recordedMigrations } from './schema-state.ts'
import type { MigrationTables } from './schema-state.ts'
import type { Tables } from './tables.ts'
import type { WaitBudget } from './wait-budget.ts'
import type { WriteScope } from './write-scope.ts'

const maxRetries = 3

/** How long after a commit `check` assumes that the database accepts writes. */
const freshMs = 1_000

export interface DatabaseParts {
  readonly connections: Connections
  /** The scope that the connections were opened with. */
  readonly scope: WriteScope
  readonly budget: WaitBudget
  readonly migrations: readonly Migration[]
  /** How long `close` waits for running work. */
  readonly closePatienceMs: number
}

/** Adds the rules of the port to the two connections of a database. */
export function createDatabase({
  connections,
  scope,
  budget,
  migrations,
  closePatienceMs,
}: DatabaseParts): Database {
  let writtenAt = -Infinity
  const write = async <T>(
    work: (tx: Transaction<Tables>) => Promise<T>,
    { share, usesReserve = false }: WriteOptions = {},
  ): Promise<T> => {
    const result = await budget.run(() => transact(connections, work, { usesReserve }), share)
    writtenAt = performance.now()
    return result
  }
  const running = new RunningWork()
  let wasCurrent = false
  let closed: Promise<void> | undefined
  const database: Database = {
    kind: connections.kind,
    read: connections.reader,
    write: (work, options) => running.run(() => scope.run(() => write(work, options))),
    writeFromReserve: (work) => database.write(work, { usesReserve: true }),
    openCall: (waitedMs, caller) => budget.open(waitedMs, caller),
    waitForSlot: (slot) => budget.waitFor(slot),
    measureUse: () => budget.measureUse(),
    async check() {
      connections.assertWhole()
      const recorded = await recordedMigrations(connections.reader)
      assertCurrent(recorded, migrations, { acceptNewer: wasCurrent })
      wasCurrent = true
      if (performance.now() - writtenAt > freshMs) await connections.assertWritable(() => write(tryToLock))
    },
    close() {
      closed ??= running.end(closePatienceMs).then(() => connections.close())
      return closed
    },
  }
  return database
}

/**
 * Takes the locks of a write and changes nothing: a server that accepts only reads rejects it. Its table is
 * one that `check` reads anyway, so locks of other tables do not fail it.
 */
async function tryToLock(tx: Transaction<Tables>): Promise<void> {
  await tx
    .$extendTables<MigrationTables>()
    .selectFrom('schema_migrations')
    .select('name')
    .where(sql<boolean>`false`)
    .forUpdate()
    .execute()
}

async function transact<T>(
  connections: Connections,
  work: (tx: Transaction<Tables>) => Promise<T>,
  use: ReserveUse,
): Promise<T> {
  const { isWorthRetrying, assertRoom } = connections
  await assertRoom(use)
  for (let retries = 0; ; retries += 1) {
    try {
      return await connections.transact(work)
    } catch (error) {
      if (retries === maxRetries || !isWorthRetrying(error, use)) throw error
    }
  }
}
