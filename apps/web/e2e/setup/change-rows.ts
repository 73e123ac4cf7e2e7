import { DatabaseSync } from 'node:sqlite'
import type { SQLInputValue } from 'node:sqlite'
import type { Server } from './start-server.ts'

/** Changes rows directly, for what the API cannot do, such as moving time. */
export function changeRows(server: Server, sql: string, ...values: SQLInputValue[]): void {
  using database = new DatabaseSync(server.databaseFile, { timeout: 60_000 })
  database.prepare(sql).run(...values)
}

/** Returns the tables without rows: in a new installation, all tables that only requests fill. */
export function emptyTables(server: Server): string[] {
  using database = new DatabaseSync(server.databaseFile, { timeout: 60_000 })
  return database
    .prepare(`select name from sqlite_schema where type = 'table'`)
    .all()
    .map(({ name }) => String(name))
    .filter((name) => database.prepare(`select 1 from "${name}" limit 1`).get() === undefined)
}

/** Deletes all rows of these tables in one transaction. */
export function deleteRows(server: Server, tables: readonly string[]): void {
  using database = new DatabaseSync(server.databaseFile, {
    timeout: 60_000,
    enableForeignKeyConstraints: false,
  })
  database.exec(`begin immediate; ${tables.map((name) => `delete from "${name}";`).join(' ')} commit`)
}
