import { setTimeout as sleep } from 'node:timers/promises'
import { signupInput } from '@app/contract/testing'
import { describeOnEach, testDatabase } from '@app/router/testing'
import type { TestDatabase } from '@app/router/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { password } from '../support/actors.ts'
import { authenticatorOf } from '../support/authenticator.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { inParallel, expectWinners, tally } from '../support/server-pair.ts'
import { startServer } from '../support/server-process.ts'
import type { ServerProcess } from '../support/server-process.ts'

// Other tests run two servers in one process, which share the state of modules. These are two processes as in
// production, each with its own writer thread.

/** The processes have the time of the machine, which no test advances. */
const machineClock = { now: Date.now, advance: () => undefined }

interface Account {
  id: string
  cookie: string
}

/** Repeats the call until the hash queue has a free slot; BUSY means that no password was compared. */
async function untilCompared(call: () => Promise<RawAnswer>): Promise<string | undefined> {
  for (;;) {
    const reason = reasonIn(await call())
    if (reason !== 'BUSY') return reason
    await sleep(20)
  }
}

describeOnEach('two server processes', (databaseKind) => {
  let database: TestDatabase
  let processes: ServerProcess[] = []
  let urls: string[] = []
  const at = (index: number) => urls[index % 2] ?? 'no server'

  beforeAll(async () => {
    database = await testDatabase(databaseKind)
    const environment = {
      DATABASE_URL: database.url,
      AUTH_SECRETS: 'a secret that only these two share',
      LOG_LEVEL: 'warn',
    }
    processes = [startServer(environment), startServer(environment)]
    urls = await Promise.all(processes.map((server) => server.url()))
  })
  afterAll(async () => {
    for (const server of processes) await server[Symbol.asyncDispose]()
    await database[Symbol.asyncDispose]()
  })

  async function signUp(url: string, username: string): Promise<Account> {
    const { text, cookies } = await post(url, 'auth.signup', signupInput({ username, password }))
    return { id: JSON.parse(text).result.data.user.id, cookie: cookies[0] ?? 'no cookie' }
  }

  function setRoles(role: 'user' | 'admin', ids: readonly string[]): Promise<unknown> {
    return database.db.write((tx) => tx.updateTable('users').set({ role }).where('id', 'in', ids).execute())
  }

  test('use one code of an app and one recovery code once, and try 5 wrong codes in total', async () => {
    const account = await signUp(at(0), 'enrolled')
    const enrolled = await post(at(0), 'totp.enroll', {}, account.cookie)
    const phone = authenticatorOf({ clock: machineClock }, JSON.parse(enrolled.text).result.data.secret)
    const confirmed = await post(at(1), 'totp.confirm', { code: phone.code() }, account.cookie)
    const [recoveryCode] = JSON.parse(confirmed.text).result.data.recoveryCodes
    const pendingLogin = async () => {
      const { cookies } = await post(at(0), 'auth.login', { username: 'enrolled', password })
      return cookies[0] ?? 'no cookie'
    }
    const useAtOnce = async (input: { method: string; code: string }) => {
      const pending = await pendingLogin()
      const call = async (index: number) =>
        reasonIn(await post(at(index), 'auth.secondFactor', input, pending))
      return inParallel(call, 16)
    }
    for (const input of [
      { method: 'otp', code: phone.code(1) },
      { method: 'recovery', code: recoveryCode },
    ]) {
      expectWinners(await useAtOnce(input), 1, ['CODE_INVALID', 'RATE_LIMITED', 'UNAVAILABLE'])
      await database.db.write((tx) => tx.deleteFrom('login_throttles').execute())
    }
    const wrong = await useAtOnce({ method: 'otp', code: phone.wrongCode() })
    expect(tally(wrong)).toEqual({ CODE_INVALID: 5, RATE_LIMITED: 11 })
  })

  test('compare 5 of 16 wrong passwords in total', async () => {
    await signUp(at(0), 'guessed')
    const wrong = { username: 'guessed', password: 'wrong horse' }
    const reasons = await inParallel((index) => untilCompared(() => post(at(index), 'auth.login', wrong)), 16)
    expect(tally(reasons)).toEqual({ INVALID_CREDENTIALS: 5, RATE_LIMITED: 11 })
  })

  test('keep one of two admins who remove each other', async () => {
    for (const round of [1, 2, 3, 4]) {
      const pair = [await signUp(at(0), `left-${round}`), await signUp(at(1), `right-${round}`)]
      const ids = pair.map(({ id }) => id)
      await setRoles('admin', ids)
      const outcomes = await Promise.all(
        pair.map(async ({ cookie }, index) =>
          reasonIn(await post(at(index), 'users.remove', { id: ids[1 - index] }, cookie)),
        ),
      )
      expectWinners(outcomes, 1, ['LAST_ADMIN', 'SESSION_EXPIRED', 'FORBIDDEN'])
      const left = await database.db.read.selectFrom('users').where('id', 'in', ids).select('id').execute()
      expect(left).toHaveLength(1)
      // The remaining admin must not count as the last one in the next round.
      await setRoles('user', ids)
    }
  })

  test('reject a session that the other process ended, and a role that it removed', async () => {
    const { id, cookie } = await signUp(at(0), 'ada')
    await setRoles('admin', [id])
    const seen = async () =>
      Promise.all(urls.map(async (url) => reasonIn(await get(url, 'audit.list', cookie)) ?? 'ok'))
    // Repeated calls would fill a cache if there were one.
    for (let count = 0; count < 3; count += 1) expect(await seen()).toEqual(['ok', 'ok'])
    const root = await signUp(at(1), 'grace')
    await setRoles('admin', [root.id])
    expect((await post(at(1), 'users.setRole', { id, role: 'user' }, root.cookie)).status).toBe(200)
    expect(await seen()).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    expect((await post(at(0), 'auth.logout', {}, cookie)).status).toBe(200)
    expect(await seen()).toEqual(['SESSION_EXPIRED', 'SESSION_EXPIRED'])
  })

  test('reset a password once of 16 times with one link', async () => {
    const root = await signUp(at(0), 'bess')
    await setRoles('admin', [root.id])
    const target = await signUp(at(1), 'bart')
    const issued = await post(at(1), 'recovery.issueLink', { id: target.id }, root.cookie)
    const secret = /#([\w-]{43})"/.exec(issued.text)?.[1]
    const reasons = await inParallel(
      (index) =>
        untilCompared(() =>
          post(at(index), 'recovery.reset', { secret, newPassword: `a better battery ${index}` }),
        ),
      16,
    )
    expect(tally(reasons)).toEqual({ ok: 1, LINK_INVALID: 15 })
  })

  test('log no error or warning', () => {
    expect(processes.map((server) => server.err())).toEqual(['', ''])
  })
})
