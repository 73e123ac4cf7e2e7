import { afterAll, describe } from 'vitest'
import type { DatabaseKind } from '../db/database.ts'
import { dropTemplates } from './test-database.ts'
import { postgresAnswers, testPostgresUrl } from './test-postgres.ts'

export const databaseKinds = ['sqlite', 'postgres'] as const satisfies readonly DatabaseKind[]

const labels = { sqlite: 'SQLite', postgres: 'PostgreSQL' } as const satisfies Record<DatabaseKind, string>

const withPostgres = await postgresAnswers()

/**
 * One suite, run on both databases. Without a PostgreSQL server its half is skipped, and the name of the group says so in every report.
 */
export function describeOnEach(name: string, suite: (kind: DatabaseKind) => void): void {
  for (const kind of databaseKinds) {
    if (kind === 'postgres' && !withPostgres) {
      const { host } = new URL(testPostgresUrl)
      describe.skip(`${name} (PostgreSQL: no server at ${host}, see TEST_POSTGRES_URL)`, () => suite(kind))
      continue
    }
    describe(`${name} (${labels[kind]})`, () => {
      suite(kind)
      afterAll(dropTemplates)
    })
  }
}
