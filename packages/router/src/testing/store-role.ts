import BetterSqlite from 'better-sqlite3'

/** Gives everybody in a SQLite database a role that its tables refuse, as a hand from outside could. */
export function storeRole(url: string, role: string): void {
  const database = new BetterSqlite(url.slice('file:'.length))
  try {
    database.pragma('ignore_check_constraints = on')
    database.prepare('update users set role = ?').run(role)
  } finally {
    database.close()
  }
}
