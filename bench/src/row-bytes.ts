// Measures the bytes of a row in each table of PostgreSQL, with its indexes, after users signed up, logged in
// again and used each feature once; see docs/scale.md.
import { parseArgs } from 'node:util'
import { migrateDatabase } from '@app/router'
import { emptyTestDatabase, onServer } from '@app/router/testing'
import { readConfig } from '@app/server/config'
import { createApp } from '@app/server/create-app'
import { callBench, signUpForBench } from './sign-up-for-bench.ts'

const { values } = parseArgs({ options: { users: { type: 'string', default: '3000' } } })
const users = Number(values.users)
const concurrency = 8

await using database = await emptyTestDatabase('postgres')
const { config, problems } = readConfig({
  DATABASE_URL: database.url,
  PORT: '0',
  SIGNUP: 'open',
  LIMITS: 'relaxed',
  PASSWORD_HASH_COST: '4',
  AUTH_SECRETS: 'a secret that only these benchmarks share',
  LOG_LEVEL: 'silent',
})
if (config === null) throw new Error(problems.join('\n'))
await migrateDatabase(database.url)
const app = await createApp(config)
const { port } = await app.listen()
const url = `http://127.0.0.1:${port}`

let next = 0
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    while (next < users) await useAccount((next += 1))
  }),
)
await app.close(0)

interface Size {
  table: string
  rows: number
  bytes: number
  total: number
}
const sizes = await onServer(async (client) => {
  await client.query('vacuum analyze')
  const { rows } = await client.query<Size>(
    `select relname as table, reltuples::float8 as rows, pg_relation_size(oid)::float8 as bytes,
       pg_total_relation_size(oid)::float8 as total
     from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and reltuples >= $1
     order by pg_total_relation_size(oid) desc`,
    [users / 2],
  )
  return rows
}, database.url)
console.log(`PostgreSQL, ${users} users who signed up, logged in again and used each feature once\n`)
console.log(line('', ['rows', 'bytes/row', 'with indexes', 'bytes/user']))
for (const { table, rows, bytes, total } of sizes) {
  const cells = [rows, bytes / rows, total / rows, total / users]
  console.log(
    line(
      table,
      cells.map((cell) => cell.toFixed(0)),
    ),
  )
}
const perUser = sizes.reduce((sum, { total }) => sum + total, 0) / users
console.log(line('all', ['', '', '', perUser.toFixed(0)]))

async function useAccount(user: number): Promise<void> {
  const username = `bench-${user}`
  const cookie = await signUpForBench(url, username)
  await callBench(url, 'auth.login', { username, password: 'a stopwatch and a lock' })
  await callBench(url, 'account.updateProfile', { name: `User ${user}` }, cookie)
  await callBench(url, 'notes.create', { title: `Note ${user}`, body: 'x'.repeat(200) }, cookie)
}

function line(name: string, cells: readonly string[]): string {
  return name.padEnd(24) + cells.map((cell) => cell.padStart(14)).join('')
}
