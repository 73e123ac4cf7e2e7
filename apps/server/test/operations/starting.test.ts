import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createClient } from '@app/client'
import { signupInput } from '@app/contract/testing'
import { migrateDatabase } from '@app/router'
import { expect, test } from 'vitest'
import { authenticatorOf } from '../support/authenticator.ts'
import { dataFolder, mainProgram, startServer } from '../support/server-process.ts'

async function startupErrorOf(environment: Record<string, string>): Promise<string> {
  await using server = startServer(environment)
  expect(await server.ended()).toBe(1)
  expect(server.out()).toBe('')
  expect(server.err()).not.toMatch(/^\s+at /m)
  return server.err()
}

test('start: creates the database and the secret for its own user only, and prints the next step', async () => {
  using folder = dataFolder()
  await using server = startServer({ DATABASE_URL: folder.databaseUrl })
  const api = createClient(await server.url())
  await server.until(/ admin create <username>\n/)
  await api.auth.signup.mutate(signupInput({ username: 'ada', password: 'correct horse battery' }))
  for (const file of ['app.db', 'auth-secret']) {
    expect(statSync(path.join(folder.path, 'data', file)).mode & 0o777).toBe(0o600)
  }
  expect(server.err()).toBe('')
})

test.skipIf(process.platform === 'win32')('start: makes files of mode 0666 private and warns', async () => {
  using folder = dataFolder()
  const files = ['app.db', 'auth-secret', 'app.db-wal'].map((name) => path.join(folder.path, 'data', name))
  {
    await using server = startServer({ DATABASE_URL: folder.databaseUrl })
    await server.url()
  }
  for (const file of files) chmodSync(file, 0o666)
  await using server = startServer({ DATABASE_URL: folder.databaseUrl })
  await server.url()
  for (const file of files) expect([file, statSync(file).mode & 0o777]).toEqual([file, 0o600])
  for (const file of files.slice(0, 2)) {
    expect(server.out()).toMatch(new RegExp(`"level":"warn".*${file} \\(mode 0666\\)`))
  }
})

test('start: accepts the same sessions after a restart, and asks for an admin only if there is none', async () => {
  using folder = dataFolder()
  let cookie = ''
  {
    await using first = startServer({ DATABASE_URL: folder.databaseUrl })
    const response = await fetch(`${await first.url()}/trpc/auth.signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(signupInput({})),
    })
    const database = new DatabaseSync(path.join(folder.path, 'data/app.db'), { timeout: 5_000 })
    database.exec("update users set role = 'admin'")
    database.close()
    cookie = /session=[^;]+/.exec(String(response.headers.getSetCookie()))?.[0] ?? ''
  }
  await using second = startServer({ DATABASE_URL: folder.databaseUrl })
  const answer = await fetch(`${await second.url()}/trpc/account.me`, { headers: { cookie } })
  expect(await answer.json()).toMatchObject({ result: { data: { username: 'ada' } } })
  second.child.kill('SIGTERM')
  await second.ended()
  expect(second.out()).not.toContain('No admin yet')
})

test('start: names all invalid settings with their fixes', async () => {
  using folder = dataFolder()
  const file = path.join(folder.path, 'settings')
  // Editors on Windows write such a file.
  writeFileSync(file, '\uFEFFSIGNUP=perhaps\r\nLOGLEVEL=warn\r\n')
  const problem = await startupErrorOf({ ENV_FILE: file, PORT: 'x', HOST: '0.0.0.0', SIGNUP: '' })
  const lines = problem.trimEnd().split('\n')
  expect(lines).toEqual([
    expect.stringMatching(/^\S.* cannot start: these settings must be changed:$/),
    `  ${file} must not set LOGLEVEL, which is no setting. Rename it: LOG_LEVEL.`,
    '  PORT must be a whole number from 0 to 65535.',
    '  SIGNUP must be open, invite or closed.',
    expect.stringMatching(/^ {2}AUTH_SECRETS must be set .*HOST is 0\.0\.0\.0.*openssl rand/),
    expect.stringMatching(/^ {2}PUBLIC_URL must be an https/),
    expect.stringMatching(/^ {2}PASSWORD_HASH_COST must be at least 10/),
  ])
})

test('start error: a port in use', async () => {
  using folder = dataFolder()
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  // A TCP server has an address object, not the name of a pipe.
  const { port } = other.address() as AddressInfo
  const problem = await startupErrorOf({ DATABASE_URL: folder.databaseUrl, PORT: String(port) })
  other.close()
  const words = `Port ${port} is in use. Stop the program that has it, or set PORT to another number.`
  expect(problem).toMatch(new RegExp(`^\\S.* cannot start: ${words}\n$`))
})

test('start error: a host of another machine', async () => {
  using folder = dataFolder()
  const problem = await startupErrorOf({
    DATABASE_URL: folder.databaseUrl,
    HOST: '192.0.2.1',
    PUBLIC_URL: 'https://localhost',
    AUTH_SECRETS: 'x'.repeat(32),
    PASSWORD_HASH_COST: '10',
  })
  expect(problem).toMatch(/ cannot start: HOST is 192\.0\.2\.1, .*Set HOST to .*\n$/)
})

test('start error: a data folder that cannot be created', async () => {
  using folder = dataFolder()
  writeFileSync(path.join(folder.path, 'data'), 'a file in its place')
  const problem = await startupErrorOf({ DATABASE_URL: folder.databaseUrl })
  expect(problem).toMatch(/ cannot start: Cannot create the folder .*Make it writable.*\n$/)
})

test('start error: a database of a newer version', async () => {
  using folder = dataFolder()
  await migrateDatabase(folder.databaseUrl)
  const database = new DatabaseSync(folder.databaseUrl.slice('file:'.length))
  database.exec("insert into schema_migrations (name, applied_at) values ('9999-from-the-future', 1)")
  database.close()
  const problem = await startupErrorOf({ DATABASE_URL: folder.databaseUrl })
  expect(problem).toMatch(
    / cannot start: The database is newer .*9999-from-the-future.*Update .*\. While developing: .* reset --yes\n$/,
  )
})

test('start: says that it waits for a locked database, and continues', async () => {
  using folder = dataFolder()
  mkdirSync(path.join(folder.path, 'data'))
  const other = new DatabaseSync(folder.databaseUrl.slice('file:'.length))
  other.exec('begin exclusive')
  await using server = startServer({ DATABASE_URL: folder.databaseUrl })
  await server.until(/^Waiting for the database, which another process has locked, for up to 60 s\.\n/)
  other.close()
  await server.url()
})

test('start error: an empty secret file', async () => {
  using folder = dataFolder()
  await migrateDatabase(folder.databaseUrl)
  writeFileSync(path.join(folder.path, 'data/auth-secret'), '', { mode: 0o600 })
  expect(await startupErrorOf({ DATABASE_URL: folder.databaseUrl })).toMatch(
    /auth-secret is too short\. Delete the file.*\n$/,
  )
})

test('start: fails without a secret that an authenticator app still needs, and warns of an old one', async () => {
  using folder = dataFolder()
  const [oldSecret, newSecret] = ['an old secret of thirty-two bytes', 'a new secret of thirty-two bytes.']
  const environment = { DATABASE_URL: folder.databaseUrl }
  {
    await using server = startServer({ ...environment, AUTH_SECRETS: oldSecret })
    const api = createClient(await server.url())
    await api.auth.signup.mutate(signupInput({}))
    const { secret } = await api.totp.enroll.mutate()
    await api.totp.confirm.mutate({
      code: authenticatorOf(systemTime, secret).code(),
      endOtherSessions: false,
    })
  }
  expect(await startupErrorOf({ ...environment, AUTH_SECRETS: newSecret })).toMatch(
    /AUTH_SECRETS lacks the secret that sealed the authenticator app of 1 user\. Add it again.*: node tools\/pnpm\.mjs exec \S+ secrets reseal --remove-unreadable\n$/,
  )
  await using rotated = startServer({ ...environment, AUTH_SECRETS: `${newSecret},${oldSecret}` })
  await rotated.url()
  expect(rotated.out()).toMatch(
    /"level":"warn".*"outdated":1.*: node tools\/pnpm\.mjs exec \S+ secrets reseal"/,
  )
})

test('start: warns of admins without a second factor where admins need one', async () => {
  using folder = dataFolder()
  const environment = { DATABASE_URL: folder.databaseUrl, ADMIN_SECOND_FACTOR: 'required' }
  const warning = '"admins":1,"msg":"1 admin has no second factor'
  {
    await using first = startServer(environment)
    await createClient(await first.url()).auth.signup.mutate(signupInput({}))
    expect(first.out()).not.toContain(warning)
  }
  const database = new DatabaseSync(path.join(folder.path, 'data/app.db'), { timeout: 5_000 })
  database.exec("update users set role = 'admin'")
  database.close()
  await using second = startServer(environment)
  await second.url()
  expect(second.out()).toContain(warning)
  await using third = startServer({ ...environment, ADMIN_SECOND_FACTOR: 'optional' })
  await third.url()
  expect(third.out()).not.toContain(warning)
})

/** An option of Node that adds the URL of each module to a file when it is loaded. */
const listLoaded = (file: string) =>
  `--import=data:text/javascript,${encodeURIComponent(`
  import { appendFileSync } from 'node:fs'
  import { registerHooks } from 'node:module'
  const add = (url) => appendFileSync(${JSON.stringify(file)}, url + '\\n')
  registerHooks({ load: (url, context, next) => (add(url), next(url, context)) })
`)}`

test.each([
  ['SQLite alone', {}, ['better-sqlite3']],
  ['SQLite and Redis', { LIMITS_STORE: 'redis://127.0.0.1:1' }, ['@redis/client', 'better-sqlite3']],
  ['PostgreSQL', { DATABASE_URL: 'postgres://127.0.0.1:1/none' }, ['pg']],
])('start: with %s it loads the drivers of no other store', async (_name, settings, drivers) => {
  using folder = dataFolder()
  const environment = { DATABASE_URL: folder.databaseUrl, ...settings }
  const list = path.join(folder.path, 'loaded')
  await using server = startServer(environment, [], [listLoaded(list), mainProgram])
  // Without its PostgreSQL it ends.
  await Promise.race([server.until(/ready on/), server.ended()]).catch(() => undefined)
  const loaded = readFileSync(list, 'utf8').match(
    /(?<=\/node_modules\/)(@redis\/client|better-sqlite3|pg)(?=\/)/g,
  )
  expect([...new Set(loaded)].toSorted()).toEqual(drivers)
})

/** The clock of the server's own process. */
const systemTime = { clock: { now: () => Date.now(), advance: () => undefined } }
