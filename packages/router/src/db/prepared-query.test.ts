import { expect, test } from 'vitest'
import { describeOnEach, testDatabase } from '../testing/index.ts'
import type { Writer } from './database.ts'
import { prepareQuery } from './prepared-query.ts'

const findNames = prepareQuery((db, value: (name: 'role' | 'username') => string) =>
  db
    .selectFrom('users')
    .where('username', '=', value('username'))
    .where('name', '!=', 'nobody')
    .where('role', '=', value('role') as 'user')
    .select('name'),
)

function addUser(tx: Writer, username: string): Promise<unknown> {
  const row = {
    name: `${username}'s name`,
    name_key: 'x',
    role: 'user',
    disabled_at: null,
    created_at: 1,
  } as const
  return tx
    .insertInto('users')
    .values({ ...row, id: username, username })
    .execute()
}

describeOnEach('prepared queries', (kind) => {
  test('prepared query: each execution has its own values, in the order of the query', async () => {
    await using db = await testDatabase(kind)
    await db.db.write(async (tx) => {
      await addUser(tx, 'ada')
      await addUser(tx, 'grace')
    })
    const find = (username: string, role = 'user') => findNames(db.db.read, { username, role })
    expect(await Promise.all([find('ada'), find('grace'), find('linus'), find('ada', 'admin')])).toEqual([
      [{ name: "ada's name" }],
      [{ name: "grace's name" }],
      [],
      [],
    ])
  })

  test('prepared query: a transaction sees its own changes, and another database has other rows', async () => {
    await using one = await testDatabase(kind)
    await using other = await testDatabase(kind)
    const ada = { username: 'ada', role: 'user' }
    const inside = await one.db.write(async (tx) => {
      await addUser(tx, 'ada')
      return findNames(tx, ada)
    })
    expect(inside).toHaveLength(1)
    expect(await findNames(one.db.read, ada)).toHaveLength(1)
    expect(await findNames(other.db.read, ada)).toHaveLength(0)
  })
})
