import BetterSqlite from 'better-sqlite3'
import type { BulkInsert } from './bulk-insert.ts'

const createDropped = 'create table if not exists dropped_indexes (definition text not null)'

/** Opens the database of a file. Foreign keys are not checked: the makers of the rows keep them. */
export function openSqliteInsert(file: string): BulkInsert {
  const database = new BetterSqlite(file, { fileMustExist: true })
  database.pragma('synchronous = off')
  database.pragma('cache_size = -1000000')
  database.pragma('temp_store = memory')
  database.pragma('foreign_keys = off')
  // In the order of their creation, on which the planner's choice between equal ones depends.
  const existing = database.prepare<[], { name: string; sql: string }>(
    "select name, sql from sqlite_master where type = 'index' and sql is not null order by rowid",
  )
  return {
    count: async (table, where = 'true') => {
      const query = database.prepare(`select count(*) from ${table} where ${where}`)
      return Number(query.pluck().get())
    },
    insert: async (table, rows) => {
      const names = Object.keys(rows[0] ?? {})
      const statement = database.prepare(
        `insert into ${table} (${names.join()}) values (${names.map(() => '?').join()})`,
      )
      database.transaction(() => {
        for (const row of rows) statement.run(Object.values(row))
      })()
    },
    remove: async (table, where) => void database.exec(`delete from ${table} where ${where}`),
    firstSignup: async () => {
      // Sound: an integer column, or null without rows.
      return database.prepare('select min(created_at) from users').pluck().get() as number | null
    },
    dropIndexes: async () => {
      database.transaction(() => {
        database.exec(createDropped)
        for (const { name, sql } of existing.all()) {
          database.prepare('insert into dropped_indexes values (?)').run(sql)
          database.exec(`drop index ${name}`)
        }
      })()
    },
    restoreIndex: async () => {
      database.exec(createDropped)
      const dropped = database.prepare<[], { rowid: number; definition: string }>(
        'select rowid, definition from dropped_indexes order by rowid',
      )
      const [next, ...others] = dropped.all()
      if (next === undefined) return undefined
      database.transaction(() => {
        database.exec(next.definition)
        database.prepare('delete from dropped_indexes where rowid = ?').run(next.rowid)
      })()
      return others.length
    },
    // The product runs no `analyze` on SQLite, so its plans do not depend on the rows.
    finish: async () => {
      database.exec('drop table dropped_indexes')
      database.pragma('wal_checkpoint(truncate)')
    },
    [Symbol.asyncDispose]: async () => void database.close(),
  }
}
