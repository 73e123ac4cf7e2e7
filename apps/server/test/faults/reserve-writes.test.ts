import { expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { gitHubServer, linkGitHubUser } from '../identities/github-server.ts'
import { browserOf } from '../identities/linked-browser.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import type { Path } from '../support/procedure-types.ts'
import { call } from '../support/procedures.ts'
import { post } from '../support/raw-call.ts'
import { validInput } from '../support/valid-inputs.ts'

// A full disk must not keep an owner out, nor an attacker in. The tests of full disks need a mount; these
// show for each call that it asks for the reserve.

/** Runs an action. @returns for each write of the server whether it used the reserve */
async function reserveUses({ services }: TestApp, action: () => Promise<unknown>): Promise<boolean[]> {
  using write = vi.spyOn(services.db, 'write')
  await action()
  return write.mock.calls.map(([, options]) => options?.usesReserve === true)
}

const logIns: Path[] = [
  'auth.login',
  'auth.secondFactor',
  'auth.passkeyLogin',
  'auth.completeFactorReset',
  'auth.elevate',
  'recovery.reset',
]

const logOutsAndRevocations: Path[] = [
  'auth.logout',
  'account.changePassword',
  'account.cancelFactorReset',
  'sessions.revoke',
  'sessions.revokeOthers',
  'tokens.revoke',
  'users.setDisabled',
  'users.revokeSessions',
  'users.revokeToken',
  'invitations.revoke',
]

const removals: Path[] = [
  'account.close',
  'email.remove',
  'identities.unlink',
  'passkeys.remove',
  'totp.remove',
  'users.remove',
]

async function reserveUsesOf(app: TestApp, path: Path, makeInput: (caller: CookieActor) => Promise<object>) {
  // The last admin cannot close the account.
  await newAdmin(app)
  const caller = await newAdmin(app)
  const input = await makeInput(caller)
  return reserveUses(app, async () => {
    const { text } = await call(app.url, path, input, caller.cookie)
    expect(text).toMatch(/^{"result"/)
  })
}

test.each([...logIns, ...logOutsAndRevocations, ...removals])(
  'full disk: %s is written from the reserve',
  async (path) => {
    await using app = await testApp()
    const uses = await reserveUsesOf(app, path, (caller) => validInput(path, { app, caller, owner: caller }))
    expect(new Set(uses)).toEqual(new Set([true]))
  },
)

test('full disk: a lower role is written from the reserve, and a higher one is not', async () => {
  await using app = await testApp()
  const setRole = async ({ id }: CookieActor, role: 'user' | 'admin') =>
    reserveUsesOf(app, 'users.setRole', async () => ({ id, role }))
  expect(await setRole(await newAdmin(app), 'user')).toEqual([true])
  expect(await setRole(await newUser(app), 'admin')).toEqual([false])
})

test('full disk: a log-in by an outside identity is written from the reserve', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const { browser, id } = await browserOf(app)
  await linkGitHubUser(app, { userId: id, github })
  expect(await reserveUses(app, () => browser.open('/auth/github/start'))).toEqual([true])
  expect(await reserveUses(app, () => browser.open('/auth/github/start?purpose=elevate'))).toEqual([true])
})

test('full disk: a wrong password is counted from the reserve', async () => {
  await using app = await testApp()
  const { username } = await newUser(app)
  const logIn = () => post(app.url, 'auth.login', { username, password: `${password}!` })
  expect(await reserveUses(app, logIn)).toEqual([true, true])
})
