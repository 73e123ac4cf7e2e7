import { readFileSync } from 'node:fs'
import { signupInput } from '@app/contract/testing'
import { repositoryRoot } from '@app/router'
import { describeOnEach, sessionPaths } from '@app/router/testing'
import type { SessionPath } from '@app/router/testing'
import { expect, test } from 'vitest'
import type { TestApp } from '../../src/testing/test-app.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newBrowser } from '../identities/browser.ts'
import { gitHubServer, linkGitHubUser } from '../identities/github-server.ts'
import { newUser, newUsername, password, unknownCode } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { unknownAssertion } from '../support/cookie-passkeys.ts'
import { giveIdentity, pendingSignupCookie } from '../support/identities.ts'
import { newFactorReset } from '../support/new-factor-reset.ts'
import { post } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { giveSecondFactor, startLogin } from '../support/second-factor.ts'

/** Tries to log in to an account with a second factor by all but that factor. A new path needs a line. */
const walks: Record<SessionPath, (app: TestApp, user: CookieActor) => Promise<RawAnswer>> = {
  'auth.signup': (app, { username }) => post(app.url, 'auth.signup', signupInput({ username, password })),
  'auth.login': (app, { username }) => post(app.url, 'auth.login', { username, password }),
  'auth.identitySignup': async (app, { id }) => {
    await giveIdentity(app, id, id)
    const cookie = pendingSignupCookie(app, id)
    return post(app.url, 'auth.identitySignup', { username: newUsername() }, cookie)
  },
  'GET /auth/<provider>/callback': async (app, { id }) => {
    await using github = await gitHubServer()
    await using server = await testApp({
      databaseUrl: app.databaseUrl,
      clock: app.clock,
      settings: { providers: [github.settings] },
    })
    await linkGitHubUser(app, { userId: id, github })
    const browser = newBrowser(server)
    const page = await browser.open('/auth/github/start')
    expect(page.url.search).toContain('secondFactor=')
    return {
      status: page.status,
      text: page.text,
      headers: new Headers(),
      cookies: browser.cookies().split('; '),
    }
  },
  'auth.secondFactor': async (app, { username }) => {
    const pending = await startLogin(app, { username, password })
    return post(app.url, 'auth.secondFactor', { method: 'recovery', code: unknownCode }, pending)
  },
  'auth.completeFactorReset': async (app, { username }) => {
    const pending = await startLogin(app, { username, password })
    const { secret } = await newFactorReset(app)
    return post(app.url, 'auth.completeFactorReset', { secret }, pending)
  },
  'auth.passkeyLogin': (app) => post(app.url, 'auth.passkeyLogin', { response: unknownAssertion(app) }),
}

describeOnEach('log-in paths', (databaseKind) => {
  test.each(Object.entries(walks))('%s gives no session without the second factor', async (_path, walk) => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    await giveSecondFactor(app, user.id)
    const before = await countSessions(app, user.id)
    const answer = await walk(app, user)
    expect(answer.cookies.filter((cookie) => /^(?:__Host-)?session[=-]/.test(cookie))).toEqual([])
    expect(await countSessions(app, user.id)).toBe(before)
  })
})

test('log-in paths: docs/security.md has the table of the code', () => {
  const rows = Object.entries(sessionPaths).map(
    ([path, { proof, level }]) => `| \`${path}\` | ${proof} | ${level} |`,
  )
  const text = readFileSync(`${repositoryRoot}/docs/security.md`, 'utf8')
  expect(text).toContain(['| path | proof | level |', '| --- | --- | --- |', ...rows, ''].join('\n'))
})

async function countSessions(app: TestApp, userId: string): Promise<number> {
  const rows = await app.services.db.read
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .select('id')
    .execute()
  return rows.length
}
