import { product } from '@app/contract/product'
import BetterSqlite from 'better-sqlite3'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { FileDamage } from './file-damage.ts'

export function isBusy(error: unknown): boolean {
  return error instanceof BetterSqlite.SqliteError && /^SQLITE_(BUSY|PROTOCOL)/.test(error.code)
}

/** Checks whether an error may have broken the connection, so that the next use should open a new one. */
export function spoilsConnection(error: unknown): boolean {
  return (
    error instanceof BetterSqlite.SqliteError &&
    /^SQLITE_(IOERR|CORRUPT|NOTADB|CANTOPEN|READONLY_DBMOVED|READONLY_CANTINIT)/.test(error.code)
  )
}

/** Checks whether an error code says that the file is damaged. */
function saysDamage(code: string): boolean {
  return /^SQLITE_(CORRUPT|NOTADB|IOERR(?!_SHMSIZE))/.test(code)
}

/** Checks whether the disk, or a quota of this user (IOERR_WRITE), has no room for a write. */
export function saysNoRoom(error: unknown): boolean {
  const cause = error instanceof DatabaseUnavailable ? error.cause : error
  return (
    cause instanceof BetterSqlite.SqliteError && /^SQLITE_(FULL|IOERR_SHMSIZE|IOERR_WRITE)$/.test(cause.code)
  )
}

/** Records damage, and returns the error for the caller. */
export function noteFailure(error: unknown, { file, damage }: { file: string; damage: FileDamage }): unknown {
  const failure = toDatabaseUnavailable(error, file)
  damage.note(failure)
  return failure
}

/**
 * Turns an error of a database that is missing or cannot write into a DatabaseUnavailable; every other
 * error (a constraint, a mistake in the SQL) is returned as it is. Result codes:
 * https://www.sqlite.org/rescode.html
 */
export function toDatabaseUnavailable(error: unknown, file: string): unknown {
  if (!(error instanceof BetterSqlite.SqliteError)) return error
  const text = describe(error.code, file)
  if (text === undefined) return error
  return new DatabaseUnavailable(text, { cause: error, isDamage: saysDamage(error.code) })
}

function diskIsFull(file: string): string {
  return `The disk of ${file} is full. Free space on it.`
}

function describe(code: string, file: string): string | undefined {
  const family = code.split('_', 2)[1]
  switch (family) {
    case 'BUSY':
    case 'LOCKED':
    case 'PROTOCOL':
      return `The database ${file} is locked by another process (${code}).`
    case 'FULL':
      return diskIsFull(file)
    case 'IOERR':
      if (code === 'SQLITE_IOERR_SHMSIZE') return diskIsFull(file)
      return `Reading or writing ${file} failed (${code}).`
    case 'CORRUPT':
    case 'NOTADB':
      return `${file} is damaged, or not a database of ${product.name} (${code}). Restore it from a backup.`
    case 'CANTOPEN':
      return `Cannot open ${file} (${code}). It and its folder must be readable and writable for this user.`
    case 'READONLY':
      return `Cannot write to ${file} (${code}). It and its folder must be writable for this user.`
    case 'NOMEM':
      return `Not enough memory for a query on ${file}.`
    default:
      return undefined
  }
}
