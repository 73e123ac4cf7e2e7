import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../testing/index.ts'
import type { Reader } from '../database.ts'

test('SQLite: no parameter is visible to the planner, which would plan joins again for each value', async () => {
  await using test = await testDatabase('sqlite')
  const join = test.db.read
    .selectFrom('sessions')
    .innerJoin('users', 'users.id', 'sessions.user_id')
    .where('sessions.id', '=', 'a session')
    .select('users.id')
    .limit(2)
  expect(join.compile().sql.match(/.\?/g)).toEqual(['+?', '+?'])
})

test('SQLite: parameters keep their value and type', async () => {
  await using test = await testDatabase('sqlite')
  const values = [7, 1.5, '7', 'a', '', null, new Uint8Array([1, 2])]
  const found = await Promise.all(values.map((value) => valueAndType(test.db.read, value)))
  expect(found).toEqual([
    { value: 7, type: 'real' },
    { value: 1.5, type: 'real' },
    { value: '7', type: 'text' },
    { value: 'a', type: 'text' },
    { value: '', type: 'text' },
    { value: null, type: 'null' },
    { value: Buffer.from([1, 2]), type: 'blob' },
  ])
})

function valueAndType(db: Reader, value: unknown) {
  const parameter = sql<{
    value: unknown
    type: string
  }>`(select ${value} as value, typeof(${value}) as type)`
  return db.selectFrom(parameter.as('parameter')).selectAll().executeTakeFirst()
}
