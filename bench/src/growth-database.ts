import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { migrateDatabase } from '@app/router'
import { fillTables, onServer, testPostgresUrl } from '@app/router/testing'

export interface GrowthDatabase {
  kind: 'sqlite' | 'postgres'
  users: number
  /** Where SQLite files are. */
  folder: string
}

export const authSecret = 'a secret that only these benchmarks share'

/** The form of a stored password. The server that is measured accepts every password. */
const passwordHash = `hs384-bcrypt:$2b$12$${'a'.repeat(53)}`

/** Creates a filled database, or finishes one whose filling was interrupted. @returns its `DATABASE_URL` */
export async function fillGrowthDatabase(database: GrowthDatabase): Promise<string> {
  const { kind, users, folder } = database
  const url = urlOf(database)
  if (kind === 'sqlite') mkdirSync(folder, { recursive: true })
  else await createIfMissing(nameOf(users))
  await migrateDatabase(url, { durable: false })
  const begun = performance.now()
  const onProgress = (done: number, total: number) => {
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0)
    const share = Math.floor((100 * done) / total)
    process.stderr.write(`\r${kind}, ${users} users: ${share} % of ${total} rows, ${seconds} s `)
    if (done === total) process.stderr.write('\n')
  }
  await fillTables(url, { users, authSecret, passwordHash, onProgress })
  return url
}

export async function removeGrowthDatabase(database: GrowthDatabase): Promise<void> {
  const { kind, users, folder } = database
  if (kind === 'postgres') {
    await onServer((client) => client.query(`drop database if exists ${nameOf(users)} with (force)`))
    return
  }
  for (const suffix of ['', '-wal', '-shm']) {
    rmSync(path.join(folder, `${nameOf(users)}.db${suffix}`), { force: true })
  }
}

async function createIfMissing(name: string): Promise<void> {
  await onServer(async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
    if (rowCount === 0) await client.query(`create database ${name}`)
  })
}

function urlOf({ kind, users, folder }: GrowthDatabase): string {
  if (kind === 'sqlite') return `file:${path.resolve(folder, `${nameOf(users)}.db`)}`
  const url = new URL(testPostgresUrl)
  url.pathname = `/${nameOf(users)}`
  return url.href
}

function nameOf(users: number): string {
  return `app_growth_${users}`
}
