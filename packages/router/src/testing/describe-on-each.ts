import { describe } from 'vitest'
import type { DatabaseKind } from '../db/database.ts'
import { postgresAnswers, testPostgresUrl } from './test-postgres.ts'

export const databaseKinds = ['sqlite', 'postgres'] as const satisfies readonly DatabaseKind[]

const isQuick = process.env['TEST_QUICK'] === '1'
/** Whether tests reach three servers on PostgreSQL through a proxy (`npm run test:cluster`). */
export const isBehindProxy = process.env['TEST_BEHIND_PROXY'] === '1'
const withPostgres = !isQuick && (await postgresAnswers())

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
  if (!withPostgres) {
    const why = isQuick
      ? 'not in a quick run'
      : `no server at ${new URL(testPostgresUrl).host}, see TEST_POSTGRES_URL`
    describe.skip(`${name} (PostgreSQL: ${why})`, suite)
    return
  }
  describe(`${name} (PostgreSQL)`, suite)
}
