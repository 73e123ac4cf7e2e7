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

/** Adds and counts rows that servers delete. */
export interface ExpiredRows extends AsyncDisposable {
  /** Adds rows of users who are far apart to each table that servers sweep. */
  add(perTable: number): Promise<void>
  /** Returns the tables without such rows. */
  tablesWithout(): Promise<string[]>
}

/** Opens a database that `fillTables` has filled for that many users. */
export async function openExpiredRows(url: string, users: number): Promise<ExpiredRows> {
  const inserts = await openBulkInsert(url)
  const from = (await inserts.firstSignup()) ?? 0
  const all: Population = { users, from, to: from + 365 * dayMs, passwordHash: '', sealPrefix: '' }
  // Later runs continue after the rows of earlier ones.
  let next = firstRow + (Date.now() % firstRow)
  return {
    add: async (perTable) => {
      for (const { table, change } of expiries) {
        const maker = [...accountRows, ...eventRows].find((each) => each.table === table)
        if (maker === undefined) throw new Error(`No maker of rows for ${table}.`)
        const rows = Array.from({ length: perTable }, (_, index) => {
          const row = next + index
          const at = Date.now() - longAgoMs + index
          return { ...maker.make(row, all, perTable), ...change(row, at, all) }
        })
        await inserts.insert(table, rows)
      }
      next += perTable
    },
    tablesWithout: async () => {
      const without: string[] = []
      for (const { table, where } of expiries) {
        if ((await inserts.count(table, where(Date.now()))) === 0) without.push(table)
      }
      return without
    },
    [Symbol.asyncDispose]: () => inserts[Symbol.asyncDispose](),
  }
}
