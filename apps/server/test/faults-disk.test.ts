import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { expect, test } from 'vitest'

import { expectWhole } from './expect-whole.ts'
import { mayMount, seenBy, withMount } from './own-mounts.ts'
import { get, post, reasonIn, type RawAnswer } from './raw-call.ts'
import { dataFolder, startServer } from './server-process.ts'

const credentials = { username: 'ada', password: 'correct horse battery' }
const ada = { ...credentials, email: 'ada@a.example' }
const note = { title: 'a note', body: 'x'.repeat(10_000) }
const mounts = mayMount()
const why = mounts ? '' : ' (this system lets nobody mount)'

const statusAndReason = (answer: RawAnswer) => [answer.status, reasonIn(answer)]

/** Writes until nothing more fits. */
function fill(file: string): void {
  const piece = Buffer.alloc(4_096)
  const writeOn = () => {
    for (;;) writeFileSync(file, piece, { flag: 'a' })
  }
  expect(writeOn).toThrow('ENOSPC')
}

test.skipIf(!mounts)(`full disk: reads go on, writes come back with the space${why}`, async () => {
  using folder = dataFolder()
  const disk = path.join(folder.path, 'disk')
  mkdirSync(disk)
  await using server = startServer(
    {
      DATABASE_URL: `file:${disk}/latchkey.db`,
      AUTH_SECRETS: 'x'.repeat(32),
      LIMITS: 'relaxed',
      LOG_LEVEL: 'warn',
    },
    withMount('mount -t tmpfs -o size=8m tmpfs "$0"', disk),
  )
  const url = await server.url()
  const { cookies } = await post(url, 'auth.signup', ada)
  const [cookie] = cookies
  expect((await post(url, 'notes.create', note, cookie)).status).toBe(200)

  const filler = seenBy(server.child.pid, `${disk}/filler`)
  fill(filler)
  for (let count = 0; count < 3; count += 1) {
    expect(statusAndReason(await post(url, 'notes.create', note, cookie))).toEqual([503, 'UNAVAILABLE'])
    expect((await get(url, 'account.me', cookie)).text).toContain('"username":"ada"')
  }
  const eve = { ...ada, username: 'eve', email: 'eve@a.example' }
  expect(statusAndReason(await post(url, 'auth.signup', eve))).toEqual([503, 'UNAVAILABLE'])
  expect(server.out()).toContain('is full.')

  rmSync(filler)
  expect((await post(url, 'notes.create', note, cookie)).status).toBe(200)
  expect((await post(url, 'auth.signup', eve)).status).toBe(200)
  const { result } = JSON.parse((await get(url, 'notes.list', cookie)).text)
  expect(result.data.items).toHaveLength(2)
  // SQLite would look for the name outside of the mount, so it gets a copy.
  for (const end of ['', '-wal']) {
    writeFileSync(
      `${folder.path}/copy.db${end}`,
      readFileSync(seenBy(server.child.pid, `${disk}/latchkey.db${end}`)),
    )
  }
  expectWhole(`${folder.path}/copy.db`)
  expect(server.err()).toBe('')
})

async function refusal(environment: Record<string, string>, within: readonly string[] = []): Promise<string> {
  await using server = startServer(environment, within)
  expect(await server.ended()).toBe(1)
  return server.err()
}

test.skipIf(!mounts)(`a disk that became read-only is refused at the start${why}`, async () => {
  using folder = dataFolder()
  const environment = { DATABASE_URL: folder.databaseUrl }
  {
    await using server = startServer(environment)
    await server.url()
  }
  const within = withMount('mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"', folder.path)
  expect(await refusal(environment, within)).toMatch(
    /^Latchkey cannot start: Cannot open the database file .*latchkey\.db for writing \(EROFS\)\. Make it writable.*\n$/,
  )
})

test.skipIf(process.platform !== 'linux')(
  'a place that can hold no folders is refused at the start',
  async () => {
    expect(await refusal({ DATABASE_URL: 'file:/proc/latchkey/data/latchkey.db' })).toMatch(
      /^Latchkey cannot start: Cannot create the folder \/proc\/latchkey\/data .*\(ENOENT\)\..*\n$/,
    )
  },
)

/**
 * Writes as another process does, into the one file: what the server remembers of it is out of date then.
 * @returns the whole file
 */
function touched(file: string): Buffer {
  const other = new DatabaseSync(file)
  other.exec('update schema_migrations set applied_at = applied_at + 1')
  other.exec('pragma wal_checkpoint(truncate)')
  other.close()
  return readFileSync(file)
}

test('damaged pages: each answer is the right one or UNAVAILABLE, and it goes on when they are whole again', async () => {
  using folder = dataFolder()
  const environment = { DATABASE_URL: folder.databaseUrl, LIMITS: 'relaxed', LOG_LEVEL: 'warn' }
  let cookie: string | undefined
  {
    await using first = startServer(environment)
    const answer = await post(await first.url(), 'auth.signup', ada)
    cookie = answer.cookies[0]
  }
  await using server = startServer(environment)
  const url = await server.url()
  const file = folder.databaseUrl.slice('file:'.length)
  const readiness = async () => {
    const answer = await fetch(`${url}/readyz`)
    return `${answer.status} ${(await answer.text()).trim()}`
  }
  const me = async () => {
    const answer = await get(url, 'account.me', cookie)
    return answer.status === 200
      ? JSON.parse(answer.text).result.data.username
      : statusAndReason(answer).join(' ')
  }
  const seen = new Set<string>()
  let whole = touched(file)
  for (let start = 0; start < whole.length; start += 4_096) {
    writeFileSync(file, Buffer.from(whole).fill(7, start, start + 4_096))
    const answers = `${await me()}, ${await readiness()}`
    expect(answers).toMatch(/^(ada|503 UNAVAILABLE), (200 ready|503 database)$/)
    seen.add(answers)
    writeFileSync(file, whole)
    whole = touched(file)
  }
  expect([...seen]).toEqual(expect.arrayContaining(['ada, 200 ready', '503 UNAVAILABLE, 200 ready']))

  writeFileSync(file, Buffer.alloc(whole.length, 7))
  expect([await me(), await readiness()]).toEqual(['503 UNAVAILABLE', '503 database'])
  expect(statusAndReason(await post(url, 'auth.login', credentials))).toEqual([503, 'UNAVAILABLE'])
  expect((await fetch(`${url}/livez`)).status).toBe(200)
  writeFileSync(file, whole)
  expect([await me(), await readiness()]).toEqual(['ada', '200 ready'])
  expect((await post(url, 'auth.login', credentials)).status).toBe(200)
  expect(server.err()).toBe('')
})
