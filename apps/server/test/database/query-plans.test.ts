import { migrateDatabase } from '@app/router'
import {
  describeOnEach,
  emptyTestDatabase,
  fillTables,
  openQueryPlans,
  recordStatements,
  stopAutovacuum,
} from '@app/router/testing'
import { beforeAll, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { watchQueryFunctions } from './called-functions.ts'
import { driveEveryQuery } from './drive-every-query.ts'

interface Findings {
  /** Functions with queries that were not explained. */
  uncalled: string[]
  unbounded: string[]
  /** Of the same statements when the planner expects log-ins only in the audit log. */
  unboundedWithRareEvents: string[]
  /** Of the same statements without an index that many of them need. */
  unboundedWithoutIndex: string[]
}

describeOnEach('query plans: of every query of the product', (databaseKind) => {
  let found: Findings
  beforeAll(async () => {
    found = await explainEveryQuery(databaseKind)
  })

  test('each function that makes a query was called', () => {
    // Call it in one of the files drive-*.ts.
    expect(found.uncalled).toEqual([])
  })

  test('none reads more of a table that grows than the rows of one key or of one page', () => {
    // Add an index, a limit or a key. If that is not possible: table-reads.ts has the exceptions.
    expect(found.unbounded).toEqual([])
  })

  test('none reads all events of a kind, also when PostgreSQL expects few of that kind', () => {
    expect(found.unboundedWithRareEvents).toEqual([])
  })

  test('a query whose index is missing is reported', () => {
    const missed = found.unboundedWithoutIndex.filter((each) => !found.unbounded.includes(each))
    expect(missed.join('\n')).toContain('delete from "sessions" where "user_id"')
  })
})

async function explainEveryQuery(databaseKind: 'sqlite' | 'postgres'): Promise<Findings> {
  using functions = await watchQueryFunctions()
  // A new one: what earlier tests left in the files of a reused database changes the plans.
  await using database = await emptyTestDatabase(databaseKind)
  await migrateDatabase(database.url)
  if (databaseKind === 'postgres') await stopAutovacuum(database.url)
  // Enough for a search that is answered in another way because many match.
  await fillTables(database.url, { users: 2_000, authSecret: 'a secret that only these tests share' })
  using record = recordStatements()
  {
    await using app = await testApp({ databaseUrl: database.url, settings: { limits: 'relaxed' } })
    await driveEveryQuery(app, record)
  }
  await using plans = await openQueryPlans(database.url)
  const statements = [...record.statements(), ...(await plans.cascades())]
  const unbounded = await plans.unboundedReads(statements)
  await plans.dropIndex('sessions_user_id')
  const unboundedWithoutIndex = await plans.unboundedReads(statements)
  await plans.hideRareEvents()
  const withRareEvents = await plans.unboundedReads(statements)
  return {
    uncalled: await functions.uncalled(),
    unbounded,
    unboundedWithRareEvents: withRareEvents.filter((each) => !unboundedWithoutIndex.includes(each)),
    unboundedWithoutIndex,
  }
}
