import { existsSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'
import { isBusy, toDatabaseUnavailable } from './sqlite-error.ts'

/**
 * Returns whether another connection has the file open, idle ones included: SQLite leaves the write-ahead log
 * only for the last connection (https://www.sqlite.org/wal.html, "Activating And Configuring WAL Mode"). The
 * next connection returns to it.
 * @throws DatabaseUnavailable when the file cannot be read
 */
export function isSqliteInUse(file: string): boolean {
  if (!existsSync(file)) return false
  const database = new BetterSqlite(file, { timeout: 0 })
  try {
    return database.pragma('journal_mode = delete', { simple: true }) !== 'delete'
  } catch (error) {
    if (isBusy(error)) return true
    throw toDatabaseUnavailable(error, file)
  } finally {
    database.close()
  }
}
