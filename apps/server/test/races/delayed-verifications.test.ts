import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import type { Actor } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { delayVerifications } from '../support/delay-verifications.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { inParallel, serverPair, tally } from '../support/server-pair.ts'

const ada = { username: 'ada', password }
const newPassword = 'another battery'

/** Changes of Ada's account while 5 password verifications are delayed. */
type Change = (ada: Actor, root: Actor) => Promise<unknown>

const passwordChanged: Change = ({ api }) =>
  api.account.changePassword.mutate({ currentPassword: password, newPassword })
const disabled: Change = ({ id }, root) => root.api.users.setDisabled.mutate({ id, disabled: true })
const revoked: Change = ({ id }, root) => root.api.users.revokeSessions.mutate({ id })
const closed: Change = ({ api }) => api.account.close.mutate()

const logIn = (app: TestApp) => post(app.url, 'auth.login', ada)
const elevate = (app: TestApp, cookie: string | undefined) =>
  post(app.url, 'auth.elevate', { password }, cookie)
const changePassword = (app: TestApp, cookie: string | undefined) =>
  post(app.url, 'account.changePassword', { currentPassword: password, newPassword }, cookie)

const changeWrongPassword = (app: TestApp, cookie: string | undefined) =>
  post(app.url, 'account.changePassword', { currentPassword: 'wrong', newPassword }, cookie)

/** The passwords were right when they were verified. The transaction that uses the result checks again. */
const cases = [
  {
    what: 'log-ins',
    call: logIn,
    change: passwordChanged,
    by: 'a new password',
    gives: 'INVALID_CREDENTIALS',
  },
  { what: 'log-ins', call: logIn, change: disabled, by: 'disabling', gives: 'INVALID_CREDENTIALS' },
  { what: 'log-ins', call: logIn, change: closed, by: 'closing', gives: 'INVALID_CREDENTIALS' },
  {
    what: 'elevations',
    call: elevate,
    change: passwordChanged,
    by: 'a new password',
    gives: 'INVALID_CREDENTIALS',
  },
  { what: 'elevations', call: elevate, change: disabled, by: 'disabling', gives: 'SESSION_EXPIRED' },
  { what: 'elevations', call: elevate, change: revoked, by: 'ending all sessions', gives: 'SESSION_EXPIRED' },
  { what: 'elevations', call: elevate, change: closed, by: 'closing', gives: 'INVALID_CREDENTIALS' },
  {
    what: 'new passwords',
    call: changePassword,
    change: passwordChanged,
    by: 'another',
    gives: 'SESSION_EXPIRED',
  },
  {
    what: 'new passwords',
    call: changePassword,
    change: disabled,
    by: 'disabling',
    gives: 'SESSION_EXPIRED',
  },
  { what: 'new passwords', call: changePassword, change: closed, by: 'closing', gives: 'SESSION_EXPIRED' },
] as const

describeOnEach('5 delayed password verifications:', (databaseKind) => {
  test.each(cases)('$what after $by, on two servers', async ({ what, call, change, gives }) => {
    await using servers = await serverPair(databaseKind)
    const root = await addAdmin(servers.first, 'root')
    const user = await signUp(servers.first, 'ada')
    const cookies = await inParallel(async (index) => {
      if (what === 'log-ins') return undefined
      return (await logIn(servers.at(index))).cookies[0]
    }, 5)

    const verifications = delayVerifications(servers, 5)
    const late = inParallel((index) => call(servers.at(index), cookies[index]), 5)
    await verifications.allDelayed
    await change(user, root)
    const before = await accountRows(servers.first, user.id)
    verifications.release()

    expect(tally((await late).map(reasonIn))).toEqual({ [gives]: 5 })
    expect(await accountRows(servers.first, user.id)).toEqual(before)
  })
})

describeOnEach('an attempt that ends after its account was closed', (databaseKind) => {
  test.each([
    ['a log-in', logIn],
    [
      'a log-in with a wrong password',
      (app: TestApp) => post(app.url, 'auth.login', { ...ada, password: 'wrong' }),
    ],
    ['an elevation', elevate],
    ['a change of the password with a wrong one', changeWrongPassword],
  ] as const)('%s leaves neither address nor count', async (_name, call) => {
    await using servers = await serverPair(databaseKind)
    const user = await signUp(servers.first, 'ada')
    const { cookies } = await logIn(servers.at(1))
    // Delayed after it has found the account, and before it is counted.
    const [found, accountClosed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    servers.at(1).services.hashQueue = {
      ...servers.at(1).services.hashQueue,
      enter: async () => {
        found.resolve()
        await accountClosed.promise
        return { [Symbol.dispose]: () => undefined }
      },
    }
    const late = call(servers.at(1), cookies[0])
    await found.promise
    await user.api.account.close.mutate()
    accountClosed.resolve()
    expect(reasonIn(await late)).toBe('INVALID_CREDENTIALS')
    expect(
      (await auditRows(servers.first)).filter((row) => row.ip !== null || row.user_agent !== null),
    ).toEqual([])
    expect(await servers.first.services.db.read.selectFrom('login_throttles').selectAll().execute()).toEqual(
      [],
    )
  })
})

/** The rows that let a user log in. */
async function accountRows({ services: { db } }: TestApp, id: string) {
  return {
    sessions: await db.read.selectFrom('sessions').where('user_id', '=', id).selectAll().execute(),
    credentials: await db.read
      .selectFrom('password_credentials')
      .where('user_id', '=', id)
      .selectAll()
      .execute(),
    devices: await db.read.selectFrom('known_devices').where('user_id', '=', id).selectAll().execute(),
  }
}
