import { product } from '@app/contract/product'
import { Kysely, sql } from 'kysely'
import type { Connections, ConnectionSettings } from '../connections.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { postgresServer } from '../database-url.ts'
import { setExecutor } from '../prepared-query.ts'
import type { Tables } from '../tables.ts'
import type { WaitBudget } from '../wait-budget.ts'
import type { WriteScope } from '../write-scope.ts'
import { WriterQueue } from '../writer-queue.ts'
import { PostgresDialect } from './postgres-dialect.ts'
import { PostgresDriver } from './postgres-driver.ts'
import { isWorthRetrying, readOnlyServer } from './postgres-error.ts'
import { PostgresPool } from './postgres-pool.ts'

/**
 * Connects lazily, so that a server can start before its database. Readers have their own pool: writers that
 * wait for a row lock cannot starve them of connections.
 */
export function openPostgres(
  url: string,
  settings: ConnectionSettings,
  { scope, budget }: { scope: WriteScope; budget: WaitBudget },
): Connections {
  const server = postgresServer(url)
  const { read, write } = settings.poolSizes
  const reading = new PostgresPool({ ...settings, url, server, access: 'read', size: read })
  const writing = new PostgresPool({ ...settings, url, server, access: 'write', size: write })
  reading.sibling = writing
  writing.sibling = reading
  // In front of the pool, whose own queue is by arrival.
  const queue = new WriterQueue(write)
  const boundsStatements = settings.purpose === 'serve'
  const onAcquire = () => scope.assertOutside('read')
  // Bounded while migrating too, where the reader only looks at the schema.
  const readOptions = { budget, boundsStatements: true, pool: reading, onAcquire }
  const reader = new Kysely<Tables>({ dialect: new PostgresDialect(readOptions) })
  const writer = new Kysely<Tables>({
    dialect: new PostgresDialect({ budget, boundsStatements, pool: writing }),
  })
  const readDriver = new PostgresDriver(readOptions)
  setExecutor(reader, (query) => readDriver.execute(query))
  return {
    kind: 'postgres',
    reader,
    transact: async (work) => {
      using wait = budget.start()
      // Awaited, because the rest must not run in the async context of the writer that left.
      const mayWrite = await queue.enter(wait, async () => true)
      if (mayWrite === undefined)
        throw new DatabaseUnavailable(
          `No connection to ${server} was free in time: it does not answer, or other writers keep all of them.`,
        )
      try {
        return await writer.transaction().setIsolationLevel('read committed').execute(work)
      } finally {
        queue.leave()
      }
    },
    isWorthRetrying,
    assertWritable: async (probe) => {
      if (!queue.isFull && !writing.isExhausted) return probe()
      // All writers may wait for one lock, and the probe behind them. They find a read-only server, too.
      if (writing.isReadOnly) throw readOnlyServer(server)
    },
    // The size of its disk is unknown here.
    assertRoom: async () => undefined,
    // PostgreSQL checks its own files.
    assertWhole: () => undefined,
    assertSuitable: () => assertUtf8(writer, server),
    async close() {
      await Promise.all([reading.end(), writing.end()])
    },
  }
}

/** Throws for other encodings, which cannot store every text and would fail call by call. */
async function assertUtf8(db: Kysely<Tables>, server: string): Promise<void> {
  const { rows } = await sql<{ encoding: string }>`
    select current_setting('server_encoding') as encoding`.execute(db)
  const encoding = rows[0]?.encoding
  if (encoding === 'UTF8') return
  throw new DatabaseUnavailable(
    `The database at ${server} stores text as ${encoding}, and ${product.name} needs UTF8. Make another one and name it in DATABASE_URL: createdb --encoding=UTF8 --template=template0 <name>`,
  )
}
