import { createSealer } from '../../settings/seal.ts'
import { accountRows } from './account-rows.ts'
import type { BulkInsert } from './bulk-insert.ts'
import { eventRows, lastRows } from './event-rows.ts'
import { factorRows } from './factor-rows.ts'
import { noteRows } from './note-rows.ts'
import { openBulkInsert } from './open-bulk-insert.ts'
import type { Population, RowMaker } from './row-makers.ts'
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

const batchRows = 100_000
const periodMs = 365 * dayMs

/**
 * The part of the rows that is inserted before the indexes exist, which takes a third of the time. The rest
 * fills the gaps between the entries of the indexes, as it happens to a database in use: in an index without
 * gaps each new row splits a page.
 */
const bulkShare = 0.9

interface Filling {
  inserts: BulkInsert
  tables: { maker: RowMaker; rows: number; count: number }[]
  all: Population
  onRows: (added: number) => void
}

/**
 * Fills every table of a migrated database as `users` accounts do in a year. A fill that was interrupted
 * continues: the rows of a table are inserted in order, a batch in a transaction.
 */
export async function fillTables(url: string, options: FillOptions): Promise<void> {
  const { users, onProgress = () => undefined } = options
  await using inserts = await openBulkInsert(url)
  // A server may have deleted other rows since.
  if ((await inserts.count(lastRows.table)) >= Math.floor(users * lastRows.perUser)) return
  const from = (await inserts.firstSignup()) ?? Date.now() - periodMs
  const all: Population = {
    users,
    from,
    to: from + periodMs,
    passwordHash: options.passwordHash ?? 'none',
    sealPrefix: createSealer([options.authSecret], 'totp').prefixes[0],
  }
  const tables: Filling['tables'] = []
  for (const maker of rowMakers) {
    const rows = Math.floor(users * maker.perUser)
    tables.push({ maker, rows, count: await inserts.count(maker.table) })
  }
  const total = tables.reduce((sum, { rows }) => sum + rows, 0)
  let done = tables.reduce((sum, { count }) => sum + count, 0)
  const onRows = (added: number) => onProgress((done += added), total)
  const filling: Filling = { inserts, tables, all, onRows }
  if (tables.some(({ rows, count }) => count < Math.floor(rows * bulkShare))) {
    await inserts.dropIndexes()
    await fillUpTo(bulkShare, filling)
  }
  while ((await inserts.restoreIndex()) !== undefined) onRows(0)
  await fillUpTo(1, filling)
  await inserts.finish()
}

async function fillUpTo(share: number, { inserts, tables, all, onRows }: Filling): Promise<void> {
  // The database inserts a batch while the next one is made.
  let inserting = Promise.resolve()
  try {
    for (const table of tables) {
      const { maker, rows } = table
      const limit = Math.floor(rows * share)
      while (table.count < limit) {
        const [next, end] = [table.count, Math.min(table.count + batchRows, limit)]
        const batch = Array.from({ length: end - next }, (_, index) => maker.make(next + index, all, rows))
        await inserting
        inserting = inserts.insert(maker.table, batch)
        table.count = end
        onRows(end - next)
      }
    }
  } finally {
    await inserting
  }
}
