import { expect, test } from 'vitest'
import { describeOnPostgres } from './describe-on-each.ts'
import { postgresProblem, testPostgresUrl } from './test-postgres.ts'

describeOnPostgres('the PostgreSQL of the tests', () => {
  test('a server that rejects the login is not reported as missing: its reason is', async () => {
    const url = new URL(testPostgresUrl)
    url.username = 'no_such_role'
    expect(await postgresProblem(url.href)).toMatch(
      / accepts the login: .*"no_such_role".*TEST_POSTGRES_URL$/,
    )
    expect(await postgresProblem()).toBe('')
  })
})

test('a PostgreSQL that does not listen is reported with the reason of the system', async () => {
  expect(await postgresProblem('postgres://127.0.0.1:1/none')).toContain(
    '127.0.0.1:1 accepts the login: connect',
  )
})
