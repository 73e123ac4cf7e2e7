import { Kysely } from 'kysely'
import type { Connections, ConnectionSettings } from '../connections.ts'
import type { Tables } from '../tables.ts'
import type { WriteScope } from '../write-scope.ts'
import { retryWhileBusy } from './retry-while-busy.ts'
import { SqliteDialect } from './sqlite-dialect.ts'
import { toDatabaseUnavailable } from './sqlite-error.ts'
import { prepareSqliteFile } from './sqlite-file.ts'
import { SqliteHandle } from './sqlite-handle.ts'
import { WriterLine } from './writer-line.ts'

/** @throws DatabaseUnavailable when the file cannot be made, opened or written, or is no database */
export async function openSqlite(
  file: string,
  settings: ConnectionSettings,
  scope: WriteScope,
): Promise<Connections> {
  const { waitMs, durable, purpose } = settings
  prepareSqliteFile(file)
  const foreignKeys = purpose === 'serve'
  const writing = new SqliteHandle({ file, access: 'write', durable, foreignKeys })
  const reading = new SqliteHandle({ file, access: 'read', durable, foreignKeys })
  const close = () => {
    // The writer goes last: the last one to close a database empties its write-ahead log.
    reading.close()
    writing.close()
  }
  try {
    // The writer goes first: it makes the files that a read-only connection cannot make.
    const deadline = performance.now() + waitMs
    await retryWhileBusy(() => writing.open(), deadline)
    await retryWhileBusy(() => reading.open(), deadline)
  } catch (error) {
    close()
    throw toDatabaseUnavailable(error, file)
  }
  const line = new WriterLine()
  const onAcquire = () => scope.assertOutside('read')
  return {
    kind: 'sqlite',
    writer: new Kysely<Tables>({ dialect: new SqliteDialect({ handle: writing, file, waitMs, line }) }),
    reader: new Kysely<Tables>({ dialect: new SqliteDialect({ handle: reading, file, waitMs, onAcquire }) }),
    close: async () => close(),
  }
}
