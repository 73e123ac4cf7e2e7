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
  /** Of the same statements when PostgreSQL expects log-ins only in the audit log. */
  unboundedWithRareEvents: string[]
  /** The same when it expects the events of one user only. */
  unboundedWithOneUser: string[]
  /** The same with an index of all events by their column, in place of those by user. */
  unboundedByColumn: string[]
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

  if (databaseKind === 'postgres')
    test('none reads all events of a kind of which few are expected', () => {
      expect(found.unboundedWithRareEvents).toEqual([])
      expect(found.unboundedByColumn.join('\n')).toMatch(
        /\(event = .* filter \(subject = .*\n.* where "subject" = \$1 and "event" = \$2/,
      )
    })

  if (databaseKind === 'postgres')
    test('none reads the events of all users when hardly any other user is expected', () => {
      expect(found.unboundedWithOneUser).toEqual([])
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
  await plans.change('drop index sessions_user_id')
  const unboundedWithoutIndex = await plans.unboundedReads(statements)
  await plans.hideRareEvents()
  const reported = async () =>
    (await plans.unboundedReads(statements)).filter((each) => !unboundedWithoutIndex.includes(each))
  const unboundedWithRareEvents = await reported()
  await plans.hideOtherUsers()
  const unboundedWithOneUser = await reported()
  // With all three, the planner expects the same cost of two, and the sample decides between them.
  await plans.change('drop index audit_events_subject; drop index audit_events_subject_event')
  await plans.change('create index audit_events_of_all on audit_events (event, id)')
  return {
    uncalled: await functions.uncalled(),
    unbounded,
    unboundedWithRareEvents,
    unboundedWithOneUser,
    unboundedByColumn: await reported(),
    unboundedWithoutIndex,
  }
}
