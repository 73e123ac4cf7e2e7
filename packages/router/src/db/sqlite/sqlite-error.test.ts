import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import { toDatabaseUnavailable } from './sqlite-error.ts'

test.each(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'])(
  'SQLite: the message of a full disk (%s) says what to do',
  (code) => {
    const error = toDatabaseUnavailable(new BetterSqlite.SqliteError('', code), '/data/app.db')
    expect(error).toEqual(new DatabaseUnavailable('The disk of /data/app.db is full. Free space on it.'))
  },
)
