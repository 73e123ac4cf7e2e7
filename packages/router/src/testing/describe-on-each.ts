import { describe } from 'vitest'
import type { DatabaseKind } from '../db/database.ts'
import { postgresAnswers, testPostgresUrl } from './test-postgres.ts'

export const databaseKinds = ['sqlite', 'postgres'] as const satisfies readonly DatabaseKind[]

const withPostgres = await postgresAnswers()

/**
 * One suite, run on both databases. Without a PostgreSQL server its half is skipped, and the name of the
 * group says so in every report.
 */
export function describeOnEach(name: string, suite: (kind: DatabaseKind) => void): void {
  describe(`${name} (SQLite)`, () => suite('sqlite'))
  describeOnPostgres(name, () => suite('postgres'))
}

/** A suite about PostgreSQL itself; skipped like that half of `describeOnEach`. */
export function describeOnPostgres(name: string, suite: () => void): void {
  if (!withPostgres) {
    const { host } = new URL(testPostgresUrl)
    describe.skip(`${name} (PostgreSQL: no server at ${host}, see TEST_POSTGRES_URL)`, suite)
    return
  }
  describe(`${name} (PostgreSQL)`, suite)
}
