import { Kysely } from 'kysely'
import type { Connections, ConnectionSettings } from '../connections.ts'
import type { Tables } from '../tables.ts'
import type { WaitBudget } from '../wait-budget.ts'
import type { WriteScope } from '../write-scope.ts'
import { FileDamage } from './file-damage.ts'
import { retryWhileBusy } from './retry-while-busy.ts'
import { SqliteDialect } from './sqlite-dialect.ts'
import { toDatabaseUnavailable } from './sqlite-error.ts'
import { prepareSqliteFile } from './sqlite-file.ts'
import { SqliteHandle } from './sqlite-handle.ts'
import { WriterLine } from './writer-line.ts'
import { WriterThread } from './writer-thread.ts'

/** @throws DatabaseUnavailable when the file cannot be made, opened or written, or is no database */
export async function openSqlite(
  file: string,
  settings: ConnectionSettings,
  { scope, budget }: { scope: WriteScope; budget: WaitBudget },
): Promise<Connections> {
  const { waitMs, durable, purpose } = settings
  prepareSqliteFile(file)
  const foreignKeys = purpose === 'serve'
  const options = { file, access: 'write', durable, foreignKeys } as const
  const opening = new SqliteHandle(options)
  const reading = new SqliteHandle({ ...options, access: 'read' })
  // A commit that does not wait for the disk has no need of a thread, which takes its time to start.
  const isThreaded = purpose === 'serve' && durable
  const writing = isThreaded ? new WriterThread(options, { onOpen: () => opening.close() }) : opening
  const damage = new FileDamage(file)
  const close = async () => {
    await damage.close()
    // A connection that writes goes last: the last one to close a database empties its write-ahead log.
    reading.close()
    opening.close()
    await writing.close()
  }
  try {
    // A connection that writes goes first: it makes the files that a read-only connection cannot make.
    const deadline = performance.now() + waitMs
    await retryWhileBusy(() => opening.open(), deadline)
    await retryWhileBusy(() => reading.open(), deadline)
  } catch (error) {
    await close()
    throw toDatabaseUnavailable(error, file)
  }
  const line = new WriterLine()
  const shared = { file, damage, budget }
  const onAcquire = () => scope.assertOutside('read')
  return {
    kind: 'sqlite',
    writer: new Kysely<Tables>({ dialect: new SqliteDialect({ ...shared, handle: writing, line }) }),
    reader: new Kysely<Tables>({ dialect: new SqliteDialect({ ...shared, handle: reading, onAcquire }) }),
    // Its writers come one after the other.
    isWorthRetrying: () => false,
    assertWhole: () => damage.assertWhole(),
    // A file of another kind was refused when it was opened.
    assertSuitable: async () => undefined,
    close,
  }
}
