import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

import type { Server } from './start-server.ts'

/** What the server has no call for, such as the passing of time, is done to its rows. */
export function changeRows(server: Server, sql: string, ...values: SQLInputValue[]): void {
  const database = new DatabaseSync(server.databaseFile, { timeout: 5_000 })
  try {
    database.prepare(sql).run(...values)
  } finally {
    database.close()
  }
}
