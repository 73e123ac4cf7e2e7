import { expect, test } from 'vitest'
import { describeOnEach, testDatabase } from '../testing/index.ts'
import type { Database, Writer } from './database.ts'
import { executeLater } from './execute-later.ts'

function addUser(tx: Writer, id: string): Promise<void> {
  const row = {
    username: id,
    name: 'x',
    name_key: 'x',
    role: 'user',
    disabled_at: null,
    created_at: 1,
  } as const
  return executeLater(tx, tx.insertInto('users').values({ ...row, id }))
}

async function ids(db: Database['read']): Promise<string[]> {
  const rows = await db.selectFrom('users').select('id').orderBy('id').execute()
  return rows.map(({ id }) => id)
}

describeOnEach('writes without a result', (kind) => {
  const durable = kind === 'sqlite'

  test('executeLater: is committed, and the reads after it in the transaction see it', async () => {
    await using test = await testDatabase(kind, { durable })
    const seen = await test.db.write(async (tx) => {
      await addUser(tx, 'a')
      await addUser(tx, 'b')
      const before = await ids(tx)
      await addUser(tx, 'c')
      return before
    })
    expect(seen).toEqual(['a', 'b'])
    expect(await ids(test.db.read)).toEqual(['a', 'b', 'c'])
  })

  test('executeLater: an error fails the transaction, of which nothing is kept', async () => {
    await using test = await testDatabase(kind, { durable })
    const write = test.db.write(async (tx) => {
      await addUser(tx, 'a')
      await addUser(tx, 'a')
    })
    const next = test.db.write((tx) => addUser(tx, 'b'))
    await expect(write).rejects.toThrow(/unique/i)
    await next
    expect(await ids(test.db.read)).toEqual(['b'])
  })

  test('executeLater: is rolled back when the work throws', async () => {
    await using test = await testDatabase(kind, { durable })
    const write = test.db.write(async (tx) => {
      await addUser(tx, 'a')
      throw new Error('changed my mind')
    })
    await expect(write).rejects.toThrow('changed my mind')
    expect(await ids(test.db.read)).toEqual([])
  })
})
