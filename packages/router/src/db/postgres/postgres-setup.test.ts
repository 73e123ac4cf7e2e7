import { expect, onTestFinished, test, vi } from 'vitest'
import { describeOnPostgres, emptyTestDatabase, migratedTestDatabase } from '../../testing/index.ts'
import { postgresRole } from '../../testing/postgres-role.ts'
import { createPostgresDatabase, dropPostgresDatabase, onServer } from '../../testing/test-postgres.ts'
import { migrateDatabase, openDatabase } from '../open-database.ts'

const grantTables = (url: string, name: string) =>
  onServer(
    (client) =>
      client.query(`grant select, insert, update, delete on all tables in schema public to ${name}`),
    url,
  )

describeOnPostgres('a role with few connections', () => {
  test('connection limit of a role: calls wait, readers and writers', async () => {
    await using database = await migratedTestDatabase('postgres')
    await using four = await postgresRole(database.url, 'connection limit 4')
    await grantTables(database.url, four.name)
    const db = await openDatabase(four.url, { waitMs: 30_000 })
    const read = () => db.read.selectFrom('emails').select('id').execute()
    const write = () => db.write((tx) => tx.deleteFrom('emails').execute())
    await Promise.all(Array.from({ length: 12 }, read))
    await Promise.all(Array.from({ length: 12 }, write))
    await Promise.all(Array.from({ length: 12 }, (_, index) => (index % 2 === 0 ? read() : write())))
    await db.check()
    await db.close()
  })

  test('connection limit of a role: the check does not wait for a writer that keeps the only connection', async () => {
    await using database = await migratedTestDatabase('postgres')
    await using two = await postgresRole(database.url, 'connection limit 2')
    await grantTables(database.url, two.name)
    const db = await openDatabase(two.url, { waitMs: 10_000 })
    await db.check()
    const [begun, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const writer = db.write(() => {
      begun.resolve()
      return release.promise
    })
    await begun.promise
    // After a second the check does not rely on an earlier commit, and the server has rejected a connection.
    const next = db.write((tx) => tx.deleteFrom('emails').execute(), { share: 0.12 })
    await expect(next).rejects.toThrow(/is not reachable/)
    await db.check()
    release.resolve()
    await writer
    await db.close()
  })
})

describeOnPostgres('a start is rejected with its fix', () => {
  test('migrate: names the missing right to create tables', async () => {
    await using database = await emptyTestDatabase('postgres')
    await using limited = await postgresRole(database.url, '')
    await expect(migrateDatabase(limited.url)).rejects.toThrow(
      /permission denied.*GRANT USAGE, CREATE ON SCHEMA public/,
    )
  })

  test('migrate: needs no right to create tables in a migrated database', async () => {
    await using database = await migratedTestDatabase('postgres')
    await using limited = await postgresRole(database.url, '')
    await expect(migrateDatabase(limited.url)).rejects.toThrow(
      /permission denied.*GRANT SELECT, INSERT, UPDATE, DELETE/,
    )
    await grantTables(database.url, limited.name)
    expect(await migrateDatabase(limited.url)).toEqual([])
    const db = await openDatabase(limited.url)
    await db.check()
    await db.close()
  })

  test('migrate: rejects a database that stores text as LATIN1', async () => {
    const { name, url } = await createPostgresDatabase(
      "encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0",
    )
    try {
      await expect(migrateDatabase(url)).rejects.toThrow(/stores text as LATIN1.*createdb --encoding=UTF8/)
    } finally {
      await dropPostgresDatabase(name)
    }
  })

  test('migrate: leaves no timer of a connection whose certificate is missing', async () => {
    await using database = await emptyTestDatabase('postgres')
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    await expect(migrateDatabase(`${database.url}?sslrootcert=/no/such.crt`)).rejects.toThrow(/sslrootcert/)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('migrate: names a missing root certificate', async () => {
    await using database = await emptyTestDatabase('postgres')
    const url = `${database.url}?sslmode=verify-full&sslrootcert=/nowhere/root.crt`
    await expect(migrateDatabase(url)).rejects.toThrow(
      /names the file \/nowhere\/root\.crt \(sslrootcert, sslcert or sslkey\), which cannot be read/,
    )
  })

  test('migrate: names a server without TLS', async () => {
    await using database = await emptyTestDatabase('postgres')
    await expect(migrateDatabase(`${database.url}?sslmode=verify-full`)).rejects.toThrow(
      /remove sslmode from DATABASE_URL/,
    )
  })
})
