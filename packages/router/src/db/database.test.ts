import { expect, test } from 'vitest'
import { describeOnEach, testDatabase } from '../testing/index.ts'
import type { Database, Writer } from './database.ts'

function addUser(tx: Writer, username: string): Promise<unknown> {
  return tx
    .insertInto('users')
    .values({
      id: `id-${username}`,
      username,
      name: username,
      name_key: username,
      role: 'user',
      disabled_at: null,
      created_at: 1_800_000_000_000,
    })
    .execute()
}

function addEmail(
  tx: Writer,
  email: { id: string; user_id: string; address_key: string; verified_at: number | null },
): Promise<unknown> {
  return tx
    .insertInto('emails')
    .values({ ...email, address: email.address_key })
    .execute()
}

async function usernames({ read }: Pick<Database, 'read'>): Promise<string[]> {
  const rows = await read.selectFrom('users').select('username').orderBy('username').execute()
  return rows.map(({ username }) => username)
}

describeOnEach('the database port', (kind) => {
  test('write: commits the work and returns its result', async () => {
    await using test = await testDatabase(kind)
    const result = await test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      return 'done'
    })
    expect(result).toBe('done')
    expect(await usernames(test.db)).toEqual(['ada'])
  })

  test('write: rolls back and rethrows the error when the work throws', async () => {
    await using test = await testDatabase(kind)
    const error = new Error('changed my mind')
    const write = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      throw error
    })
    await expect(write).rejects.toBe(error)
    expect(await usernames(test.db)).toEqual([])
  })

  test('write: keeps nothing of a transaction when a constraint rejects a part of it', async () => {
    await using test = await testDatabase(kind)
    const write = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      await addUser(tx, 'ada')
    })
    await expect(write).rejects.toThrow(/unique/i)
    expect(await usernames(test.db)).toEqual([])
  })

  test('read: sees the last committed state while a transaction is open', async () => {
    await using test = await testDatabase(kind)
    const inserted = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    const write = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      inserted.resolve()
      await goOn.promise
    })
    await inserted.promise
    expect(await usernames(test.db)).toEqual([])
    goOn.resolve()
    await write
    expect(await usernames(test.db)).toEqual(['ada'])
  })

  test('write: rejects a write inside a write, and keeps working', async () => {
    await using test = await testDatabase(kind)
    const nested = test.db.write(() => test.db.write((tx) => addUser(tx, 'ada')))
    await expect(nested).rejects.toThrow('db.write was used inside the work of db.write')
    await test.db.write((tx) => addUser(tx, 'grace'))
    expect(await usernames(test.db)).toEqual(['grace'])
  })

  test('write: rejects a read outside its transaction', async () => {
    await using test = await testDatabase(kind)
    const write = test.db.write(() => usernames(test.db))
    await expect(write).rejects.toThrow('db.read was used inside the work of db.write')
  })

  test('write: work that it started may write after its end', async () => {
    await using test = await testDatabase(kind)
    const over = Promise.withResolvers<void>()
    let later: Promise<unknown> = Promise.resolve()
    await test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      later = over.promise.then(() => test.db.write((next) => addUser(next, 'grace')))
    })
    over.resolve()
    await later
    expect(await usernames(test.db)).toEqual(['ada', 'grace'])
  })

  test('write: its transaction cannot be used after its end', async () => {
    await using test = await testDatabase(kind)
    const kept = await test.db.write(async (tx) => ({ tx }))
    await expect(addUser(kept.tx, 'ada')).rejects.toThrow(/transaction/i)
  })

  test('read: rejects writes at run time too', async () => {
    await using test = await testDatabase(kind)
    const write = addUser(test.db.read as Writer, 'ada')
    await expect(write).rejects.toMatchObject({ name: 'DatabaseUnavailable' })
    expect(await usernames(test.db)).toEqual([])
  })

  test('read: returns integers as numbers, counts and large ones too', async () => {
    await using test = await testDatabase(kind)
    await test.db.write((tx) => addUser(tx, 'ada'))
    const row = await test.db.read
      .selectFrom('users')
      .select(({ fn }) => ['created_at', fn.countAll<number>().over().as('users')])
      .executeTakeFirstOrThrow()
    expect(row).toEqual({ created_at: 1_800_000_000_000, users: 1 })
  })

  test('read: orders and compares text by its UTF-8 bytes', async () => {
    await using test = await testDatabase(kind)
    const names = [
      'a',
      'B',
      'b',
      '_x',
      '-y',
      'é',
      'e\u0301',
      'Z',
      '10',
      '9',
      '\u{ff5e}',
      '\u{1f600}',
      'ß',
      'ss',
    ]
    await test.db.write(async (tx) => {
      for (const name of names) await addUser(tx, name)
    })
    const byBytes = names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    expect(await usernames(test.db)).toEqual(byBytes)
    const range = await test.db.read
      .selectFrom('users')
      .select('username')
      .where('username', '>=', 'a')
      .where('username', '<', 'b')
      .execute()
    expect(range).toEqual([{ username: 'a' }])
  })

  test('write: counts the rows that a statement changed, and locks rows for update', async () => {
    await using test = await testDatabase(kind)
    const changed = await test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      const { id } = await tx.selectFrom('users').select('id').forUpdate().executeTakeFirstOrThrow()
      const hit = await tx
        .updateTable('users')
        .set({ name: 'x' })
        .where('id', '=', id)
        .executeTakeFirstOrThrow()
      const miss = await tx.deleteFrom('users').where('id', '=', 'missing').executeTakeFirstOrThrow()
      return [hit.numUpdatedRows, miss.numDeletedRows]
    })
    expect(changed).toEqual([1n, 0n])
  })

  test('schema: deleting a user deletes the rows that belong to it', async () => {
    await using test = await testDatabase(kind)
    await test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      await tx
        .insertInto('password_credentials')
        .values({ user_id: 'id-ada', hash: 'x', version: 1, changed_at: 1 })
        .execute()
      await tx.deleteFrom('users').execute()
    })
    expect(await test.db.read.selectFrom('password_credentials').selectAll().execute()).toEqual([])
  })

  test('schema: an address is unique only where it is verified', async () => {
    await using test = await testDatabase(kind)
    const add = (id: string, user: string, verified_at: number | null) =>
      test.db.write((tx) => addEmail(tx, { id, user_id: `id-${user}`, address_key: 'a@b', verified_at }))
    await test.db.write((tx) => addUser(tx, 'ada'))
    await test.db.write((tx) => addUser(tx, 'eve'))
    await add('1', 'ada', null)
    await add('2', 'eve', null)
    await add('3', 'ada', 1)
    await expect(add('4', 'eve', 2)).rejects.toThrow(/unique/i)
  })

  test('schema: a user has at most one verified and one pending address', async () => {
    await using test = await testDatabase(kind)
    const add = (id: string, verified_at: number | null) =>
      test.db.write((tx) => addEmail(tx, { id, user_id: 'id-ada', address_key: id, verified_at }))
    await test.db.write((tx) => addUser(tx, 'ada'))
    await add('1', null)
    await add('2', 1)
    await expect(add('3', null)).rejects.toThrow(/unique/i)
    await expect(add('4', 1)).rejects.toThrow(/unique/i)
  })

  test('close: waits for running work', async () => {
    await using test = await testDatabase(kind)
    const write = test.db.write((tx) => addUser(tx, 'ada'))
    await test.db.close()
    await expect(write).resolves.toBeDefined()
    await expect(test.db.write((tx) => addUser(tx, 'grace'))).rejects.toThrow('The database is closed.')
  })
})
