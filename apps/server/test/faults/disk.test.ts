import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { signupInput } from '@app/contract/testing'
import { migrateDatabase } from '@app/router'
import { isInstalled } from '@app/router/testing'
import { expect, test } from 'vitest'
import { expectConsistent } from '../support/expect-consistent.ts'
import { diskIn, fillDisk, rename, smallDisk } from '../support/fill-disk.ts'
import { seenBy, sharedMount, withMount } from '../support/mount-namespace.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { dataFolder, startServer } from '../support/server-process.ts'

const credentials = { username: 'ada', password: 'correct horse battery' }
const ada = { ...credentials, email: 'ada@a.example' }
const mounts = isInstalled('unshare')
const why = mounts ? '' : ' (this system does not allow mounts)'

const statusAndReason = (answer: RawAnswer) => [answer.status, reasonIn(answer)]

test.skipIf(!mounts)(`full disk: reads work, and writes work again once there is space${why}`, async () => {
  using folder = dataFolder()
  const { disk, environment } = diskIn(folder)
  await using server = startServer(environment, withMount(smallDisk, disk))
  const url = await server.url()
  const { cookies } = await post(url, 'auth.signup', signupInput(ada))
  const [cookie] = cookies
  expect((await rename(url, cookie)).status).toBe(200)

  const filler = await fillDisk(seenBy(server.child.pid, disk), () => rename(url, cookie))
  for (let count = 0; count < 3; count += 1) {
    expect(statusAndReason(await rename(url, cookie))).toEqual([503, 'UNAVAILABLE'])
    expect((await get(url, 'account.me', cookie)).text).toContain('"username":"ada"')
  }
  const eve = { ...ada, username: 'eve', email: 'eve@a.example' }
  expect(statusAndReason(await post(url, 'auth.signup', signupInput(eve)))).toEqual([503, 'UNAVAILABLE'])
  expect(server.out()).toContain('is full.')

  rmSync(filler)
  expect((await rename(url, cookie)).status).toBe(200)
  expect((await post(url, 'auth.signup', signupInput(eve))).status).toBe(200)
  const { result } = JSON.parse((await get(url, 'users.list', cookie)).text)
  expect(result.data.items).toHaveLength(2)
  // SQLite cannot open the path inside the mount, so the test checks a copy.
  for (const end of ['', '-wal']) {
    writeFileSync(
      `${folder.path}/copy.db${end}`,
      readFileSync(seenBy(server.child.pid, `${disk}/app.db${end}`)),
    )
  }
  expectConsistent(`${folder.path}/copy.db`)
  expect(server.err()).toBe('')
})

test.skipIf(!mounts)(
  `full disk: log-ins, log-outs, revocations and removals work, also after a restart${why}`,
  async () => {
    using folder = dataFolder()
    const { disk, environment } = diskIn(folder)
    await using mount = await sharedMount(smallDisk, disk)
    await using server = startServer(environment, mount.within)
    let url = await server.url()
    const reserve = mount.seen(`${disk}/app.db-reserve`)

    const cookies: string[] = []
    const login = async () => {
      const answer = await post(url, 'auth.login', credentials)
      cookies.push(answer.cookies[0] ?? '')
      return answer.status
    }
    const renamed = async () => statusAndReason(await rename(url, cookies.at(-1)))
    await post(url, 'auth.signup', signupInput(ada))
    expect(await login()).toBe(200)
    expect(await renamed()).toEqual([200, undefined])
    const eve = await post(url, 'auth.signup', signupInput({ ...ada, username: 'eve' }))
    const filler = await fillDisk(mount.seen(disk), () => rename(url, cookies.at(-1)))
    expect(await renamed()).toEqual([503, 'UNAVAILABLE'])

    // In a log that grows with each log-in, 60 of them would need more than the reserve.
    for (let count = 0; count < 60; count += 1) expect(await login()).toBe(200)
    expect(existsSync(reserve)).toBe(false)
    expect((await post(url, 'auth.logout', {}, cookies.pop())).status).toBe(200)
    const sessions = JSON.parse((await get(url, 'sessions.list', cookies.at(-1))).text).result.data
    const revoked = await post(url, 'sessions.revoke', { id: sessions.at(-1).id }, cookies.at(-1))
    expect(statusAndReason(revoked)).toEqual([200, undefined])
    expect((await post(url, 'sessions.revokeOthers', {}, cookies.at(-1))).status).toBe(200)
    expect(reasonIn(await get(url, 'account.me', cookies[0]))).toBe('SESSION_EXPIRED')
    expect((await post(url, 'account.close', {}, eve.cookies[0])).status).toBe(200)
    expect(await renamed()).toEqual([503, 'UNAVAILABLE'])
    expect(server.out()).toContain('only log-ins, log-outs, revocations and removals are written')

    {
      server.child.kill('SIGKILL')
      await server.ended()
      await using second = startServer(environment, mount.within)
      url = await second.url()
      for (let count = 0; count < 5; count += 1) expect(await login()).toBe(200)
      expect(await renamed()).toEqual([503, 'UNAVAILABLE'])

      rmSync(filler)
      expect(await renamed()).toEqual([200, undefined])
      expect(statSync(reserve).size).toBe(2 * 1024 * 1024)
      expect(server.err() + second.err()).toBe('')
    }
  },
)

async function startupErrorOf(
  environment: Record<string, string>,
  within: readonly string[] = [],
): Promise<string> {
  await using server = startServer(environment, within)
  expect(await server.ended()).toBe(1)
  return server.err()
}

test.skipIf(!mounts)(`start error: a disk that became read-only${why}`, async () => {
  using folder = dataFolder()
  const environment = { DATABASE_URL: folder.databaseUrl }
  await migrateDatabase(folder.databaseUrl)
  const within = withMount('mount --bind "$0" "$0" && mount -o remount,ro,bind "$0"', folder.path)
  expect(await startupErrorOf(environment, within)).toMatch(
    /cannot start: Cannot open the database file .*app\.db for writing \(EROFS\)\. Make it writable.*\n$/,
  )
})

test.skipIf(process.platform !== 'linux')('start error: a path where no folder can be created', async () => {
  expect(await startupErrorOf({ DATABASE_URL: 'file:/proc/app/data/app.db' })).toMatch(
    /cannot start: Cannot create the folder \/proc\/app\/data .*\(ENOENT\)\..*\n$/,
  )
})

/**
 * Writes to the database as another process, so the caches of the server are out of date.
 * @returns the whole file
 */
function readAfterForeignWrite(file: string): Buffer {
  // The server tidies up its mails in between.
  const other = new DatabaseSync(file, { timeout: 10_000 })
  other.exec('update schema_migrations set applied_at = applied_at + 1')
  other.exec('pragma wal_checkpoint(truncate)')
  other.close()
  return readFileSync(file)
}

test('corrupted page: calls are UNAVAILABLE, /readyz is 503, no result is wrong, and a restored page works', async () => {
  using folder = dataFolder()
  const environment = { DATABASE_URL: folder.databaseUrl, LIMITS: 'relaxed', LOG_LEVEL: 'warn' }
  await using server = startServer(environment)
  const url = await server.url()
  const [cookie, deviceCookie] = (await post(url, 'auth.signup', signupInput(ada))).cookies
  const file = folder.databaseUrl.slice('file:'.length)
  const readiness = async () => {
    const answer = await fetch(`${url}/readyz`)
    return `${answer.status} ${(await answer.text()).trim()}`
  }
  const dataIn = ({ text }: RawAnswer) => JSON.parse(text).result?.data
  const me = async () => {
    const answer = await get(url, 'account.me', cookie)
    return reasonIn(answer) ?? dataIn(answer).username
  }
  const directory = async () => {
    const answer = await get(url, 'users.list', cookie)
    return (
      reasonIn(answer) ??
      dataIn(answer)
        .items.map(({ username }: typeof credentials) => username)
        .join()
    )
  }
  const login = async () => {
    // From a known device: otherwise the sender of mails writes to the file a moment later.
    const answer = await post(url, 'auth.login', credentials, deviceCookie)
    return reasonIn(answer) ?? dataIn(answer).user.username
  }
  const answers = async () => [await me(), await directory(), await login()]
  const right = ['ada', 'ada', 'ada']
  const seen = new Set<string>()
  let whole = readAfterForeignWrite(file)
  for (let start = 0; start < whole.length; start += 4_096) {
    writeFileSync(file, Buffer.from(whole).fill(7, start, start + 4_096))
    const given = await answers()
    const ready = await readiness()
    const isHit = given.includes('UNAVAILABLE')
    expect(given).toEqual(
      right.map((answer, index) => (given[index] === 'UNAVAILABLE' ? 'UNAVAILABLE' : answer)),
    )
    // One page has the table of migrations, which only /readyz reads.
    expect(ready).toMatch(isHit ? /^503 damaged$/ : /^(200 ready|503 damaged)$/)
    seen.add(`${given.join(', ')}: ${ready}`)
    // Each page needs one log-in. More than 100 sessions would end the first one.
    writeFileSync(file, whole)
    whole = readAfterForeignWrite(file)
    await expect.poll(readiness).toBe('200 ready')
  }
  // Each of the three calls has read a corrupted page.
  for (const pattern of [/^UNAVAILABLE/, /, UNAVAILABLE,/, /UNAVAILABLE:/])
    expect([...seen]).toContainEqual(expect.stringMatching(pattern))
  expect([...seen]).toContain(`${right.join(', ')}: 200 ready`)

  writeFileSync(file, Buffer.alloc(whole.length, 7))
  expect([...(await answers()), await readiness()]).toEqual([...Array(3).fill('UNAVAILABLE'), '503 damaged'])
  expect((await fetch(`${url}/livez`)).status).toBe(200)
  writeFileSync(file, whole)
  await expect.poll(readiness).toBe('200 ready')
  expect(await answers()).toEqual(right)
  expect(server.err()).toBe('')
})
