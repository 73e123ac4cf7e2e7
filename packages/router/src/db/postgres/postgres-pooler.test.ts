import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { describeOnPostgres, isInstalled, migratedTestDatabase } from '../../testing/index.ts'
import { startPgBouncer } from '../../testing/pgbouncer.ts'
import type { Reader } from '../database.ts'
import { migrateDatabase, openDatabase } from '../open-database.ts'

const hasPgBouncer = isInstalled('pgbouncer')

function settingsIn(db: Reader) {
  return db
    .selectFrom(
      sql<{ read_only: string; statement: string; lock: string; idle: string }>`
        (select current_setting('transaction_read_only') as read_only,
          current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock,
          current_setting('idle_in_transaction_session_timeout') as idle)`.as('settings'),
    )
    .selectAll()
    .executeTakeFirstOrThrow()
}

const limits = { statement: '9s', lock: '8s', idle: '10s' }

describeOnPostgres(`PgBouncer in transaction mode${hasPgBouncer ? '' : ' (not installed)'}`, () => {
  test.skipIf(!hasPgBouncer).each([
    ['rejects settings of a session', []],
    ['ignores them', ['ignore_startup_parameters = options']],
  ])(
    'PgBouncer: where it %s, each transaction has its limits, and readers cannot write',
    async (_name, lines) => {
      await using database = await migratedTestDatabase('postgres')
      await using bouncer = await startPgBouncer(database.url, lines)
      expect(await migrateDatabase(bouncer.url)).toEqual([])
      const db = await openDatabase(bouncer.url, { waitMs: 10_000 })
      await db.check()
      const found = await Promise.all(Array.from({ length: 8 }, () => settingsIn(db.read)))
      expect(new Set(found.map((row) => JSON.stringify(row)))).toEqual(
        new Set([JSON.stringify({ read_only: 'on', ...limits })]),
      )
      expect(await db.write(settingsIn)).toEqual({ read_only: 'off', ...limits })
      // Sessions that others share keep none of these settings.
      const direct = await openDatabase(bouncer.url)
      expect(await direct.write(settingsIn)).toMatchObject({ statement: '4050ms' })
      await Promise.all([db.close(), direct.close()])
    },
  )
})
