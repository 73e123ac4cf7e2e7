import { auditRetentionMs, tokenLimits } from '@app/contract'
import type { Tables } from '../../db/tables.ts'
import { lowestId } from '../../id.ts'
import { accountRows } from './account-rows.ts'
import { eventRows } from './event-rows.ts'
import { openBulkInsert } from './open-bulk-insert.ts'
import type { Population } from './row-makers.ts'
import { dayMs, idOf, scattered, userIdOf } from './values.ts'

/** How a row of a table expires, so that servers delete it when they write others. */
interface Expiry {
  table: keyof Tables
  /** The columns that differ from those of a row that `fillTables` makes. */
  change: (row: number, at: number, all: Population) => object
  /** Finds the rows that servers delete. */
  where: (now: number) => string
}

/** Longer ago than any row is kept. */
const longAgoMs = 250 * dayMs

const expiries: readonly Expiry[] = [
  {
    table: 'audit_events',
    change: (row, at) => ({ id: idOf(row, at), at }),
    where: (now) => `id < '${lowestId(now - auditRetentionMs)}'`,
  },
  {
    table: 'sessions',
    change: (row, at) => ({ id: idOf(row, at), ends_at: at }),
    where: (now) => `ends_at <= ${now}`,
  },
  {
    table: 'access_tokens',
    change: (row, at) => ({ id: idOf(row, at), expires_at: at }),
    where: (now) => `expires_at <= ${now - tokenLimits.keptAfterExpiryMs}`,
  },
  {
    table: 'login_throttles',
    change: (_row, at) => ({ purge_at: at }),
    where: (now) => `purge_at <= ${now}`,
  },
  {
    table: 'one_time_secrets',
    // A user has one for each purpose.
    change: (row, at, all) => ({
      expires_at: at,
      subject: userIdOf(scattered(row, all), all),
      purpose: `expired-${row}`,
    }),
    where: (now) => `expires_at <= ${now}`,
  },
  {
    table: 'invitations',
    change: (row, at) => ({ id: idOf(row, at), expires_at: at }),
    where: (now) => `expires_at <= ${now - 90 * dayMs}`,
  },
]

/** The numbers of these rows, which no other row has, begin here. */
const firstRow = 1_000_000_000

/** How many expired rows the tables that servers sweep shall have. */
export type ExpiredCounts = Readonly<Partial<Record<keyof Tables, number>>>

export interface ExpiredRows extends AsyncDisposable {
  /** Returns how many expired rows each table has. */
  count(): Promise<Record<string, number>>
  /** Adds rows of users who are far apart, or deletes all, until each table has so many. Default: none. */
  setTo(counts: ExpiredCounts): Promise<void>
}

/** Opens a database that `fillTables` has filled for that many users. */
export async function openExpiredRows(url: string, users: number): Promise<ExpiredRows> {
  const inserts = await openBulkInsert(url)
  const from = (await inserts.firstSignup()) ?? 0
  const all: Population = { users, from, to: from + 365 * dayMs, passwordHash: '', sealPrefix: '' }
  // Later runs continue after the rows of earlier ones.
  let next = firstRow + (Date.now() % firstRow)
  const add = async ({ table, change }: Expiry, count: number) => {
    const maker = [...accountRows, ...eventRows].find((each) => each.table === table)
    if (maker === undefined) throw new Error(`No maker of rows for ${table}.`)
    const rows = Array.from({ length: count }, (_, index) => {
      const row = next + index
      const at = Date.now() - longAgoMs + index
      return { ...maker.make(row, all, count), ...change(row, at, all) }
    })
    next += count
    await inserts.insert(table, rows)
  }
  return {
    count: async () => {
      const found: Record<string, number> = {}
      for (const { table, where } of expiries) found[table] = await inserts.count(table, where(Date.now()))
      return found
    },
    setTo: async (counts) => {
      for (const expiry of expiries) {
        const { table, where } = expiry
        const [wanted, count] = [counts[table] ?? 0, await inserts.count(table, where(Date.now()))]
        if (count > wanted) await inserts.remove(table, where(Date.now()))
        const missing = count > wanted ? wanted : wanted - count
        if (missing > 0) await add(expiry, missing)
      }
    },
    [Symbol.asyncDispose]: () => inserts[Symbol.asyncDispose](),
  }
}
