import { randomBytes } from 'node:crypto'
import pg from 'pg'

/** The server on which the PostgreSQL suites create their databases. */
export const testPostgresUrl =
  process.env['TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

const prefix = 'app_test_'

/** The process that began the run of tests; its workers and their children inherit the variable. */
const runVariable = 'TEST_RUN_PID'

export function beginRun(): void {
  process.env[runVariable] = String(process.pid)
}

/** Returns why no suite can use the server, in the words of its error; empty when it accepts the login. */
export async function postgresProblem(url: string = testPostgresUrl): Promise<string> {
  try {
    await onServer((client) => client.query('select 1'), url)
    return ''
  } catch (error) {
    // An error of several addresses has no message.
    const { message, code } = error as Error & { code?: string }
    return `no server at ${new URL(url).host} accepts the login: ${message || code}; see TEST_POSTGRES_URL`
  }
}

/**
 * Creates a database whose name contains the id of this run, so that later runs do not take it for theirs.
 * @param options of `create database`
 */
export async function createPostgresDatabase(options = ''): Promise<{ name: string; url: string }> {
  const name = `${prefix}${process.env[runVariable] ?? process.pid}_${randomBytes(6).toString('hex')}`
  await onServer((client) => client.query(`create database ${name} ${options}`))
  const url = new URL(testPostgresUrl)
  url.pathname = `/${name}`
  return { name, url: url.href }
}

export async function dropPostgresDatabase(name: string): Promise<void> {
  await onServer((client) => client.query(`drop database if exists ${name} with (force)`))
}

/**
 * Drops the databases of runs that were killed. Only on a server of this machine: elsewhere process ids mean
 * nothing.
 */
export async function dropStaleDatabases(): Promise<void> {
  if (!['127.0.0.1', '[::1]', 'localhost'].includes(new URL(testPostgresUrl).hostname)) return
  await onServer(async (client) => {
    for (const { name, pid } of await databasesOfRuns(client)) {
      // Without force, and errors are ignored: another run may be dropping it too.
      if (!isAlive(pid)) await client.query(`drop database if exists ${name}`).catch(() => undefined)
    }
  })
}

/** Drops the databases of this run, with their connections. */
export async function dropDatabasesOfThisRun(): Promise<void> {
  await onServer(async (client) => {
    for (const { name, pid } of await databasesOfRuns(client)) {
      if (pid === process.pid) await client.query(`drop database if exists ${name} with (force)`)
    }
  })
}

async function databasesOfRuns(client: pg.Client): Promise<{ name: string; pid: number }[]> {
  const { rows } = await client.query<{ name: string }>(
    'select datname as name from pg_database where starts_with(datname, $1)',
    [prefix],
  )
  return rows.map(({ name }) => ({ name, pid: Number(name.slice(prefix.length).split('_')[0]) }))
}

/** Runs statements without the code under test: on the server, or on the database of `url`. */
export async function onServer<T>(
  work: (client: pg.Client) => Promise<T>,
  url: string = testPostgresUrl,
): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 20_000 })
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
