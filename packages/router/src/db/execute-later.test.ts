import { expect, test } from 'vitest'
import { describeOnEach, testDatabase } from '../testing/index.ts'
import type { Database, Writer } from './database.ts'
import { executeLater, prepareLater } from './execute-later.ts'

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

const rename = prepareLater<{ id: string; name: string; at: number }>((tx, value) =>
  tx
    .updateTable('users')
    .set({ name: value('name'), name_key: 'y', created_at: value('at') })
    .where('id', '=', value('id')),
)

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

  test('prepareLater: each execution has its own values, and fails the transaction as executeLater does', async () => {
    await using test = await testDatabase(kind, { durable })
    const { db } = test
    await db.write(async (tx) => {
      await addUser(tx, 'a')
      await addUser(tx, 'b')
      await rename(tx, { name: 'Ada', id: 'a', at: 2 })
      await rename(tx, { name: 'Grace', id: 'b', at: 3 })
    })
    const columns = ['id', 'name', 'name_key', 'created_at'] as const
    expect(await db.read.selectFrom('users').select(columns).orderBy('id').execute()).toEqual([
      { id: 'a', name: 'Ada', name_key: 'y', created_at: 2 },
      { id: 'b', name: 'Grace', name_key: 'y', created_at: 3 },
    ])
    const failing = db.write(async (tx) => {
      await rename(tx, { name: 'Linus', id: 'a', at: 4 })
      await rename(tx, { name: null as never, id: 'b', at: 4 })
    })
    await expect(failing).rejects.toThrow(/null/i)
    const linus = db.read.selectFrom('users').select('id').where('name', '=', 'Linus')
    expect(await linus.execute()).toEqual([])
  })
})
