import path from 'node:path'
import { Kysely } from 'kysely'
import type { Connections, ConnectionSettings } from '../connections.ts'
import { setExecutor } from '../prepared-query.ts'
import type { Tables } from '../tables.ts'
import type { WaitBudget } from '../wait-budget.ts'
import type { WriteScope } from '../write-scope.ts'
import { DiskReserve, reserveBytes } from './disk-reserve.ts'
import { FileDamage } from './file-damage.ts'
import { retryWhileBusy } from './retry-while-busy.ts'
import { SqliteDialect } from './sqlite-dialect.ts'
import { saysNoRoom, toDatabaseUnavailable } from './sqlite-error.ts'
import { prepareSqliteFile } from './sqlite-file.ts'
import { SqliteHandle } from './sqlite-handle.ts'
import { SqliteReader } from './sqlite-reader.ts'
import { SqliteWriter } from './sqlite-writer.ts'
import { WriterWorkerClient } from './writer-worker-client.ts'

const pageBytes = 4_096

/**
 * A commit waits while the pages of the write-ahead log are moved into the file: some 10 ms for these, and
 * 30 for SQLite's default of 1,000.
 */
const mostCheckpointPages = 200

/** @throws DatabaseUnavailable when the file cannot be created, opened or written, or is no database */
export async function openSqlite(
  file: string,
  settings: ConnectionSettings,
  { scope, budget }: { scope: WriteScope; budget: WaitBudget },
): Promise<Connections> {
  const { waitMs, durable, purpose } = settings
  prepareSqliteFile(file)
  const foreignKeys = purpose === 'serve'
  const reservedBytes = reserveBytes(path.dirname(file))
  // The log must fit into the reserve several times: on a full disk it is moved into the file from there.
  const checkpointPages = Math.min(mostCheckpointPages, Math.ceil(reservedBytes / 4 / pageBytes))
  const options = { file, access: 'write', durable, foreignKeys, checkpointPages } as const
  const opening = new SqliteHandle(options)
  const reading = new SqliteHandle({ ...options, access: 'read' })
  // A commit that does not wait for the disk needs no thread, whose start takes time.
  const isThreaded = purpose === 'serve' && durable
  const writing = isThreaded ? new WriterWorkerClient(options, { onBegin: () => opening.close() }) : opening
  const damage = new FileDamage(file)
  const reserve = new DiskReserve(file, durable ? reservedBytes : 0)
  const close = async () => {
    await reserve.close()
    await damage.close()
    // Closes a writer last: the last connection to close a database empties its write-ahead log.
    reading.close()
    opening.close()
    await writing.close()
  }
  try {
    // Opens a writer first: it creates the files that a read-only connection cannot create.
    const deadline = performance.now() + waitMs
    await retryWhileBusy(() => withRoom(reserve, () => opening.open()), deadline)
    await retryWhileBusy(() => withRoom(reserve, () => reading.open()), deadline)
  } catch (error) {
    await close()
    throw toDatabaseUnavailable(error, file)
  }
  if (purpose === 'serve') void reserve.fill()
  const shared = { file, damage, budget }
  const reader = new SqliteReader({ ...shared, handle: reading, onRead: () => scope.assertOutside('read') })
  const dialect = new SqliteDialect(reader)
  const writer = new SqliteWriter({ ...shared, dialect, handle: writing, reader, reserve, checkpointPages })
  const readerDb = new Kysely<Tables>({ dialect })
  setExecutor(readerDb, (query) => reader.read(query))
  return {
    kind: 'sqlite',
    reader: readerDb,
    transact: (work) => writer.transact(work),
    assertRoom: async ({ usesReserve }) => {
      if (!usesReserve) await reserve.assertKept()
    },
    assertWritable: async () => undefined,
    // There is one writer at a time, so only a full disk is a reason.
    isWorthRetrying: (error, { usesReserve }) => usesReserve && saysNoRoom(error) && reserve.spend(),
    assertWhole: () => damage.assertWhole(),
    // Opening the file has rejected other formats already.
    assertSuitable: async () => undefined,
    close,
  }
}

/** Opens a connection, which needs room for the write-ahead log and its index. */
function withRoom(reserve: DiskReserve, open: () => void): void {
  try {
    open()
  } catch (error) {
    if (!saysNoRoom(error) || !reserve.spend()) throw error
    open()
  }
}
