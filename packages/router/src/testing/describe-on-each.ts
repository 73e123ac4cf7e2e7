import { describe } from 'vitest'
import type { DatabaseKind } from '../db/database.ts'
import { postgresProblem } from './test-postgres.ts'

export const databaseKinds = ['sqlite', 'postgres'] as const satisfies readonly DatabaseKind[]

const isQuick = process.env['TEST_QUICK'] === '1'
/** Whether tests reach three servers on PostgreSQL through a proxy (`npm run test:cluster`). */
export const isBehindProxy = process.env['TEST_BEHIND_PROXY'] === '1'
const missingPostgres = isQuick ? 'not in a quick run' : await postgresProblem()

/**
 * Runs one suite on both databases. Without a PostgreSQL server its half is skipped, and the name of the
 * group says so in every report.
 */
export function describeOnEach(name: string, suite: (kind: DatabaseKind) => void): void {
  if (!isBehindProxy) describe(`${name} (SQLite)`, () => suite('sqlite'))
  describeOnPostgres(name, () => suite('postgres'))
}

/** Runs a suite about PostgreSQL only; skipped like that half of `describeOnEach`. */
export function describeOnPostgres(name: string, suite: () => void): void {
  if (missingPostgres === '') describe(`${name} (PostgreSQL)`, suite)
  else describe.skip(`${name} (PostgreSQL: ${missingPostgres})`, suite)
}
