import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import type { Server } from './start-server.ts'

/** What the server has no call for, such as the passing of time, is done to its rows. */
export function changeRows(server: Server, sql: string, ...values: SQLInputValue[]): void {
  using database = new DatabaseSync(server.databaseFile, { timeout: 5_000 })
  database.prepare(sql).run(...values)
}

/** Returns the tables that have no row: in a new installation, all those that only people fill. */
export function emptyTables(server: Server): string[] {
  using database = new DatabaseSync(server.databaseFile, { timeout: 5_000 })
  return database
    .prepare(`select name from sqlite_schema where type = 'table'`)
    .all()
    .map(({ name }) => String(name))
    .filter((name) => database.prepare(`select 1 from "${name}" limit 1`).get() === undefined)
}

/** Removes every row of these tables, in one transaction. */
export function deleteRows(server: Server, tables: readonly string[]): void {
  using database = new DatabaseSync(server.databaseFile, {
    timeout: 5_000,
    enableForeignKeyConstraints: false,
  })
  database.exec(`begin immediate; ${tables.map((name) => `delete from "${name}";`).join(' ')} commit`)
}
