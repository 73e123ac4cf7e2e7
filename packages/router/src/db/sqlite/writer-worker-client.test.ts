import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { MessagePort } from 'node:worker_threads'
import type { Worker } from 'node:worker_threads'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { addUser, testDatabase } from '../../testing/index.ts'
import { DatabaseUnavailable } from '../database-unavailable.ts'
import type { Reader, Writer } from '../database.ts'
import { openDatabase } from '../open-database.ts'

const fixture = fileURLToPath(new URL('./writer-worker-client.fixture.ts', import.meta.url))

async function usernames(db: Reader): Promise<string[]> {
  const rows = await db.selectFrom('users').select('username').orderBy('username').execute()
  return rows.map(({ username }) => username)
}

/** Keeps the thread busy, as an unresponsive disk does, far longer than its test waits. */
function busy(tx: Writer): Promise<unknown> {
  const numbers = sql`(with recursive n(x) as (select 1 union all select x + 1 from n where x < 4000000) select x from n)`
  return tx
    .selectFrom(numbers.as('n'))
    .select(({ fn }) => fn.countAll().as('count'))
    .execute()
}

/** Collects the threads that start from now on. */
function startedThreads(): Disposable & { readonly workers: Worker[] } {
  const workers: Worker[] = []
  const note = (worker: Worker) => void workers.push(worker)
  process.on('worker', note)
  return { workers, [Symbol.dispose]: () => void process.off('worker', note) }
}

describe('durable writes (SQLite)', () => {
  test('durable write: the first one starts one thread', async () => {
    using threads = startedThreads()
    await using test = await testDatabase('sqlite', { durable: true })
    await test.db.check()
    expect(threads.workers).toHaveLength(0)
    await test.db.write((tx) => addUser(tx, 'ada'))
    await test.db.write((tx) => addUser(tx, 'grace'))
    expect(threads.workers).toHaveLength(1)
  })

  test('durable write: the event loop turns for every commit, however many writers wait', async () => {
    await using test = await testDatabase('sqlite', { durable: true })
    let turns = 0
    let isOver = false
    const turn = () => {
      turns += 1
      if (!isOver) setImmediate(turn)
    }
    turn()
    const names = Array.from({ length: 20 }, (_, index) => `user${index}`)
    await Promise.all(names.map((name) => test.db.write((tx) => addUser(tx, name))))
    isOver = true
    expect(turns).toBeGreaterThan(names.length)
    expect(await usernames(test.db.read)).toEqual(names.toSorted())
  })

  test('durable write: queued writers work before the caller of the commit before them continues', async () => {
    await using test = await testDatabase('sqlite', { durable: true })
    const order: number[] = []
    const writes = Array.from({ length: 50 }, async (_, index) => {
      await test.db.write(async (tx) => {
        order.push(index)
        await addUser(tx, `user${index}`)
      })
      order.push(index)
    })
    await Promise.all(writes)
    const early = writes.slice(1).filter((_, index) => order.indexOf(index + 1) < order.lastIndexOf(index))
    // Not all: responses of the thread may come in different turns.
    expect(early.length).toBeGreaterThan(0)
  })

  test('durable write: one message has the commit and the begin of the next writer', async () => {
    await using test = await testDatabase('sqlite', { durable: true })
    await test.db.write((tx) => addUser(tx, 'ada'))
    const posts = vi.spyOn(MessagePort.prototype, 'postMessage')
    onTestFinished(() => posts.mockRestore())
    // They read in this thread, so they send nothing between begin and commit.
    await Promise.all(Array.from({ length: 10 }, () => test.db.write(usernames)))
    expect(posts).toHaveBeenCalledTimes(1 + 10)
  })

  test('durable write: is flushed to the disk, with foreign keys on', async () => {
    await using test = await testDatabase('sqlite', { durable: true })
    const settings = await test.db.write(async (tx) => {
      // Reads after a write are on the writing connection.
      await addUser(tx, 'ada')
      return tx
        .selectFrom(
          sql<{ synchronous: number; foreign_keys: number; journal_mode: string }>`
            (select * from pragma_synchronous, pragma_foreign_keys, pragma_journal_mode)`.as('settings'),
        )
        .selectAll()
        .executeTakeFirst()
    })
    expect(settings).toEqual({ synchronous: 2, foreign_keys: 1, journal_mode: 'wal' })
  })

  test('durable write: fails with the code of the database', async () => {
    await using test = await testDatabase('sqlite', { durable: true })
    const twice = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      await addUser(tx, 'ada')
    })
    await expect(twice).rejects.toMatchObject({ name: 'SqliteError', code: 'SQLITE_CONSTRAINT_UNIQUE' })
    expect(await usernames(test.db.read)).toEqual([])
    const unbindable = test.db.write((tx) =>
      tx
        .deleteFrom('users')
        .where('id', '=', { not: 'text' } as never)
        .execute(),
    )
    await expect(unbindable).rejects.toThrow(RangeError)
    await test.db.write((tx) => addUser(tx, 'ada'))
  })

  test('durable write: losing the thread rolls its transaction back, and the next write starts another thread', async () => {
    using threads = startedThreads()
    await using test = await testDatabase('sqlite', { durable: true })
    const write = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      await threads.workers[0]?.terminate()
      await addUser(tx, 'grace')
    })
    await expect(write).rejects.toThrow(DatabaseUnavailable)
    expect(await usernames(test.db.read)).toEqual([])
    await test.db.write((tx) => addUser(tx, 'linus'))
    expect(await usernames(test.db.read)).toEqual(['linus'])
    expect(threads.workers).toHaveLength(2)
  })

  test('durable write: throws DatabaseUnavailable when the thread ends during a statement', async () => {
    using threads = startedThreads()
    await using test = await testDatabase('sqlite', { durable: true })
    const write = test.db.write(async (tx) => {
      const lost = addUser(tx, 'ada')
      void threads.workers[0]?.terminate()
      await lost
    })
    await expect(write).rejects.toThrow(/The thread that writes to .*test\.db ended\./)
    await test.db.write((tx) => addUser(tx, 'ada'))
  })

  test('durable write: losing the thread does not fail the writer that waits behind the commit', async () => {
    using threads = startedThreads()
    await using test = await testDatabase('sqlite', { durable: true })
    const first = test.db.write(async (tx) => {
      await addUser(tx, 'ada')
      void threads.workers[0]?.terminate()
    })
    const second = test.db.write((tx) => addUser(tx, 'grace'))
    await expect(first).rejects.toThrow(DatabaseUnavailable)
    await second
    expect(await usernames(test.db.read)).toContain('grace')
  })

  test('durable write: gets its turn between the queued writers of another process', async () => {
    await using test = await testDatabase('sqlite', { durable: true })
    const other = await openDatabase(test.url, { waitMs: 20_000 })
    let isOver = false
    const keepWriting = async () => {
      while (!isOver) await test.db.write((tx) => tx.updateTable('users').set({ name: 'x' }).execute())
    }
    const queued = Array.from({ length: 8 }, keepWriting)
    for (let index = 0; index < 200; index += 1) await other.write((tx) => addUser(tx, `user${index}`))
    isOver = true
    await Promise.all(queued)
    await other.close()
    expect(await usernames(test.db.read)).toHaveLength(200)
  })

  test('durable write: fails in time and is rolled back when the disk does not answer', async () => {
    await using test = await testDatabase('sqlite', { durable: true, waitMs: 3_000 })
    const write = (name: string) => () =>
      test.db.write((tx) => addUser(tx, name)).then(() => 'written', String)
    // Starting the thread may take longer.
    await expect.poll(write('ada')).toBe('written')
    const slow = test.db.write(
      async (tx) => {
        await addUser(tx, 'grace')
        await busy(tx)
      },
      { share: 0.1 },
    )
    await expect(slow).rejects.toThrow('did not end in time')
    // The next writer runs when the thread is free again.
    await expect.poll(write('linus')).toBe('written')
    expect(await usernames(test.db.read)).toEqual(['ada', 'linus'])
  })

  test('durable write: losing a thread that did not answer leaves no lock of the writes that gave up', async () => {
    using threads = startedThreads()
    await using test = await testDatabase('sqlite', { durable: true, waitMs: 1_000 })
    const write = (name: string, after: (tx: Writer) => Promise<unknown> = async () => undefined) =>
      test.db.write((tx) => addUser(tx, name).then(() => after(tx)), { share: 0.1 })
    // Starting the thread may take longer.
    await expect.poll(() => write('ada').then(() => 'written', String)).toBe('written')
    await expect(write('grace', busy)).rejects.toThrow('did not end in time')
    // The thread receives its begin when it is free again.
    await expect(write('linus')).rejects.toThrow('did not end in time')
    await threads.workers[0]?.terminate()
    await nextTurn()
    expect(threads.workers).toHaveLength(1)
    using other = new DatabaseSync(test.url.slice('file:'.length))
    other.exec('begin immediate')
  })

  test('durable write: closing removes the write-ahead log', async () => {
    await using test = await testDatabase('sqlite', { durable: true })
    await test.db.write((tx) => addUser(tx, 'ada'))
    const file = test.url.slice('file:'.length)
    expect(existsSync(`${file}-wal`)).toBe(true)
    await test.db.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })

  test('durable write: a process that does not close the database still exits', async () => {
    await using test = await testDatabase('sqlite')
    const { stdout } = await promisify(execFile)(process.execPath, [fixture, test.url])
    expect(stdout).toBe('written\n')
  })
})

test.each([true, false])('writes after the end of a transaction fail (durable: %s)', async (durable) => {
  await using test = await testDatabase('sqlite', { durable })
  const write = test.db.write(async (tx) => {
    await addUser(tx, 'ada')
    // Ends the transaction, as a full disk does; code that catches the error may not know.
    await sql`rollback`.execute(tx as never)
    await addUser(tx, 'grace')
  })
  await expect(write).rejects.toThrow('was ended by an earlier failure')
  expect(await usernames(test.db.read)).toEqual([])
})
