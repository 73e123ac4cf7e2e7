import { product } from '@app/contract/product'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { demoteConnections, describeOnPostgres, routeTo, testDatabase } from '../../testing/index.ts'
import { onServer } from '../../testing/test-postgres.ts'
import type { Database, Writer } from '../database.ts'
import type { Tables } from '../tables.ts'

const concurrency = 4

/** Runs several writes simultaneously, so that each needs its own connection. */
async function writes(db: Database): Promise<string[]> {
  const outcomes = await Promise.allSettled(Array.from({ length: concurrency }, () => db.write(removeEmails)))
  return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? 'done' : String(outcome.reason.message)))
}

const removeEmails = (tx: Writer) => tx.deleteFrom('emails').execute()
const done = Array<string>(concurrency).fill('done')

async function backends(url: string): Promise<number[]> {
  const query = `select pid from pg_stat_activity where datname = $1 and application_name = '${product.slug}'`
  const { rows } = await onServer((client) =>
    client.query<{ pid: number }>(query, [new URL(url).pathname.slice(1)]),
  )
  return rows.map(({ pid }) => pid)
}

describeOnPostgres('a fail-over', () => {
  test('fail-over: replaces connections that became read-only, and no write fails', async () => {
    await using test = await testDatabase('postgres')
    await demoteConnections(test.db, concurrency)
    expect(await writes(test.db)).toEqual(done)
  })

  test('fail-over: writes and the check fail while only a standby answers, reads succeed', async () => {
    await using test = await testDatabase('postgres')
    await routeTo(test.url, 'standby')
    expect(await writes(test.db)).toEqual(done.map(() => expect.stringContaining('accepts only reads')))
    await expect(test.db.check()).rejects.toThrow('accepts only reads')
    expect(await test.db.read.selectFrom('emails').select('id').execute()).toEqual([])
    const onStandby = await backends(test.url)
    expect(onStandby.length).toBeGreaterThan(0)

    await routeTo(test.url, 'primary')
    expect(await writes(test.db)).toEqual(done)
    await test.db.check()
    // The connections that read leave the standby too.
    await expect
      .poll(async () => (await backends(test.url)).filter((pid) => onStandby.includes(pid)))
      .toEqual([])
  })

  test('fail-over: the check fails while a writer that found a standby keeps the only slot', async () => {
    await using test = await testDatabase('postgres', { poolSize: 1 })
    const found = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const writer = test.db.write(async (tx) => {
      await sql`set transaction read only`.execute(tx as Kysely<Tables>)
      await removeEmails(tx).catch(() => found.resolve())
      await release.promise
    })
    await found.promise
    await expect(test.db.check()).rejects.toThrow('accepts only reads')
    release.resolve()
    await expect(writer).rejects.toThrow('nothing of this transaction was kept')
    await test.db.check()
  })
})
