import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { delayVerifications } from '../support/delay-verifications.ts'
import { exampleProvider, giveIdentity } from '../support/identities.ts'
import { newInvitation } from '../support/new-invitation.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import type { Path } from '../support/procedure-types.ts'
import { call, paths } from '../support/procedures.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { giveSecondFactor, startLogin } from '../support/second-factor.ts'
import { validInput } from '../support/valid-inputs.ts'
import { newBrowser, pathOf } from './browser.ts'
import { gitHubServer, linkGitHubUser } from './github-server.ts'

type Attempt = (app: TestApp, user: CookieActor) => Promise<RawAnswer>

/** Every way from a password to a session, or to more of it. */
const attempts: Record<string, Attempt> = {
  'log-in': (app, { username }) => post(app.url, 'auth.login', { username, password }),
  'sign-up': (app) => post(app.url, 'auth.signup', signupInput({ password })),
  'sign-up by an invitation': async (app) => {
    const { secret } = await newInvitation(app)
    return post(app.url, 'auth.signup', signupInput({ password, invitation: secret }))
  },
  'request of a recovery mail': (app, { username }) =>
    post(app.url, 'recovery.request', { identifier: username }),
  'reset by a link': async (app, { username }) => {
    const secret = await newRecoverySecret(app, username)
    return post(app.url, 'recovery.reset', { secret, newPassword: 'a better battery' })
  },
  elevation: (app, { cookie }) => post(app.url, 'auth.elevate', { password }, cookie),
}

test.each(Object.entries(attempts))('PASSWORD_LOGIN=off: no %s', async (_way, attempt) => {
  await using app = await testApp()
  const user = await newUser(app)
  app.services.settings.passwordLogin = 'off'
  const answer = await attempt(app, user)
  expect(reasonIn(answer)).toBe('PASSWORD_LOGIN_OFF')
  expect(answer.cookies).toEqual([])
})

test('PASSWORD_LOGIN=off: no procedure opens a session, whatever password it gets', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  await newAdmin(app)
  const callers = new Map<Path, { caller: CookieActor; input: object }>()
  for (const path of paths) {
    const caller = await newUser(app)
    callers.set(path, { caller, input: await validInput(path, { app, caller, owner: caller }) })
  }
  app.services.settings.passwordLogin = 'off'
  const opening: Path[] = []
  for (const [path, { input }] of callers) {
    const { cookies } = await call(app.url, path, input)
    if (cookies.some((cookie) => /^(?:session|pending-login)[^=]*=./.test(cookie))) opening.push(path)
  }
  expect(opening).toEqual([])
})

test.each(['log-in', 'elevation', 'reset by a link'])(
  'PASSWORD_LOGIN=admins: an admin keeps %s, and a user does not',
  async (way) => {
    await using app = await testApp()
    const [admin, user] = [await newAdmin(app), await newUser(app)]
    app.services.settings.passwordLogin = 'admins'
    const reasons = [await attempts[way]?.(app, admin), await attempts[way]?.(app, user)].map(
      (answer) => answer && reasonIn(answer),
    )
    expect(reasons[0]).toBeUndefined()
    // A log-in does not say which names are admins.
    expect(reasons[1]).toBe(way === 'log-in' ? 'INVALID_CREDENTIALS' : 'PASSWORD_LOGIN_OFF')
  },
)

test('PASSWORD_LOGIN=admins: a log-in by password ends when its admin loses the role before the second step', async () => {
  await using app = await testApp({ settings: { passwordLogin: 'admins' } })
  const [root, ada] = [await newAdmin(app), await newAdmin(app)]
  await giveIdentity(app, ada.id)
  const code = await giveSecondFactor(app, ada.id)
  const pending = await startLogin(app, { username: ada.username, password })
  await root.api.users.setRole.mutate({ id: ada.id, role: 'user' })
  const answer = await post(app.url, 'auth.secondFactor', { method: 'recovery', code }, pending)
  expect(reasonIn(answer)).toBe('LOGIN_EXPIRED')
  expect(answer.cookies.filter((cookie) => cookie.startsWith('session'))).toEqual([])
})

test('PASSWORD_LOGIN=admins: an admin who logs in by password alone keeps the role, until an identity is linked', async () => {
  await using app = await testApp({
    settings: { passwordLogin: 'admins', providers: [exampleProvider] },
  })
  const [root, ada] = [await newAdmin(app), await newAdmin(app)]
  const demote = () => post(app.url, 'users.setRole', { id: ada.id, role: 'user' }, root.cookie)
  expect(reasonIn(await demote())).toBe('LAST_WAY_IN')
  expect((await ada.api.account.me.query()).role).toBe('admin')
  await giveIdentity(app, ada.id)
  expect((await demote()).status).toBe(200)
  expect((await ada.api.account.me.query()).role).toBe('user')
})

test('PASSWORD_LOGIN=admins: no elevation by a password that was compared before its admin lost the role', async () => {
  await using app = await testApp({
    settings: { passwordLogin: 'admins', providers: [exampleProvider] },
  })
  const [root, ada] = [await newAdmin(app), await newAdmin(app)]
  await giveIdentity(app, ada.id)
  const delayed = delayVerifications({ at: () => app }, 1)
  const elevation = post(app.url, 'auth.elevate', { password }, ada.cookie)
  await delayed.allDelayed
  await root.api.users.setRole.mutate({ id: ada.id, role: 'user' })
  delayed.release()
  expect(reasonIn(await elevation)).toBe('PASSWORD_LOGIN_OFF')
})

test('PASSWORD_LOGIN=off: outside identities work, and the last one stays although there is a password', async () => {
  await using github = await gitHubServer()
  await using app = await testApp({ settings: { providers: [github.settings] } })
  const user = await newUser(app)
  await linkGitHubUser(app, { userId: user.id, github })
  app.services.settings.passwordLogin = 'off'
  const browser = newBrowser(app)
  expect(pathOf(await browser.open('/auth/github/start'))).toBe('/')
  const { text } = await browser.query('identities.list')
  const id = /"id":"([^"]+)"/.exec(text)?.[1]
  expect(reasonIn(await browser.call('identities.unlink', { id }))).toBe('LAST_WAY_IN')
})
