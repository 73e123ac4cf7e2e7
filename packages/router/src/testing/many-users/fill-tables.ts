import { createSealer } from '../../settings/seal.ts'
import { accountRows } from './account-rows.ts'
import { openBulkInsert } from './bulk-insert.ts'
import { eventRows, lastRows } from './event-rows.ts'
import { factorRows } from './factor-rows.ts'
import { noteRows } from './note-rows.ts'
import type { Population } from './row-makers.ts'
import { dayMs } from './values.ts'

export interface FillOptions {
  users: number
  /** AUTH_SECRETS of the server that opens the database. */
  authSecret: string
  /** The stored password of every user. Default: one that no password matches. */
  passwordHash?: string
  /** Called after each batch, with rows. */
  onProgress?: (done: number, total: number) => void
}

/** The tables in an order in which their rows can be inserted. */
const rowMakers = [
  // One line a feature.
  ...accountRows,
  ...factorRows,
  ...eventRows,
  ...noteRows,
  lastRows,
]

const batchRows = 5_000
const periodMs = 365 * dayMs

/**
 * Fills every table of a migrated database as `users` accounts do in a year. A fill that was interrupted
 * continues: the rows of a table are inserted in order, a batch in a transaction.
 */
export async function fillTables(url: string, options: FillOptions): Promise<void> {
  const { users, onProgress = () => undefined } = options
  await using inserts = await openBulkInsert(url)
  const from = (await inserts.firstSignup()) ?? Date.now() - periodMs
  const all: Population = {
    users,
    from,
    to: from + periodMs,
    passwordHash: options.passwordHash ?? 'none',
    sealPrefix: createSealer([options.authSecret], 'totp').prefixes[0],
  }
  const tables = rowMakers.map((maker) => ({
    maker,
    rows: Math.floor(users * maker.perUser),
  }))
  const total = tables.reduce((sum, { rows }) => sum + rows, 0)
  // A server may have deleted other rows since.
  if ((await inserts.count(lastRows.table)) >= Math.floor(users * lastRows.perUser)) return
  let before = 0
  for (const { maker, rows } of tables) {
    for (let next = await inserts.count(maker.table); next < rows;) {
      const end = Math.min(next + batchRows, rows)
      const batch = Array.from({ length: end - next }, (_, index) => maker.make(next + index, all, rows))
      await inserts.insert(maker.table, batch)
      next = end
      onProgress(before + next, total)
    }
    before += rows
  }
  await inserts.finish()
}
