import { testPostgresUrl } from '@app/router/testing/databases'
import pg from 'pg'
import { cpuMsOfThreads } from './cpu-time.ts'

let watching: Promise<pg.Client> | undefined

/**
 * Returns the CPU time of the processes that PostgreSQL has for the connections to a database; 0 for a file
 * of SQLite. It keeps a separate connection to another database.
 */
export async function cpuMsOfConnections(url: string): Promise<number> {
  if (url.startsWith('file:')) return 0
  watching ??= connect()
  const client = await watching
  const { rows } = await client.query<{ pid: number }>({
    name: 'connections',
    text: 'select pid from pg_stat_activity where datname = $1',
    values: [new URL(url).pathname.slice(1)],
  })
  return rows.reduce((sum, { pid }) => sum + cpuMsOfThreads(pid), 0)
}

/** Closes the connection that measured, so that the program can end. */
export async function stopMeasuring(): Promise<void> {
  const client = await watching
  watching = undefined
  await client?.end()
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: testPostgresUrl })
  await client.connect()
  return client
}
