import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** The server that the PostgreSQL suites make their databases on. */
export const testPostgresUrl =
  process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

const PREFIX = 'latchkey_test_'

export async function postgresAnswers(): Promise<boolean> {
  try {
    await onServer((client) => client.query('select 1'))
    return true
  } catch {
    return false
  }
}

/** Makes a database that later runs can tell from one in use: its name holds the id of this process. */
export async function createPostgresDatabase(): Promise<{ name: string; url: string }> {
  const name = `${PREFIX}${process.pid}_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create database ${name}`))
  const url = new URL(testPostgresUrl)
  url.pathname = `/${name}`
  return { name, url: url.href }
}

export async function dropPostgresDatabase(name: string): Promise<void> {
  await onServer((client) => client.query(`drop database if exists ${name} with (force)`))
}

/**
 * Removes the databases of runs that were killed. Only on a server of this machine: elsewhere a process id
 * means nothing.
 */
export async function dropStaleDatabases(): Promise<void> {
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(new URL(testPostgresUrl).hostname)) return
  await onServer(async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'select datname from pg_database where starts_with(datname, $1)',
      [PREFIX],
    )
    for (const { datname } of rows) {
      const pid = Number(datname.slice(PREFIX.length).split('_')[0])
      // Without force, and an error is fine: another run may be dropping it too.
      if (!isAlive(pid)) await client.query(`drop database if exists ${datname}`).catch(() => undefined)
    }
  })
}

/** Runs statements past the code under test: on the server, or on the database of `url`. */
export async function onServer<T>(
  work: (client: pg.Client) => Promise<T>,
  url: string = testPostgresUrl,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
