import { readFileSync } from 'node:fs'
import { signupInput } from '@app/contract/testing'
import { repositoryRoot } from '@app/router'
import { describeOnEach, sessionPaths } from '@app/router/testing'
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
import { call, paths } from '../support/procedures.ts'
import { reasonIn } from '../support/raw-call.ts'
import { giveSecondFactor, startLogin } from '../support/second-factor.ts'
import { validInput } from '../support/valid-inputs.ts'
import { sessionAddresses } from './session-addresses.ts'
import type { SessionAddress, SessionProcedure } from './session-addresses.ts'

interface Attempt {
  input: Readonly<Record<string, unknown>>
  cookie?: string
}

/** Logs in to an account with a second factor by all but that factor. A new path needs a line. */
const attempts: Record<SessionProcedure, (app: TestApp, user: CookieActor) => Promise<Attempt> | Attempt> = {
  'auth.signup': (_app, { username }) => ({ input: { ...signupInput({ username, password }) } }),
  'auth.login': (_app, { username }) => ({ input: { username, password } }),
  'auth.identitySignup': async (app, { id }) => {
    await giveIdentity(app, id, id)
    return { input: { username: newUsername() }, cookie: pendingSignupCookie(app, id) }
  },
  'auth.secondFactor': async (app, { username }) => ({
    input: { method: 'recovery', code: unknownCode },
    cookie: await startLogin(app, { username, password }),
  }),
  'auth.completeFactorReset': async (app, { username }) => {
    const { secret } = await newFactorReset(app)
    return { input: { secret }, cookie: await startLogin(app, { username, password }) }
  },
  'auth.passkeyLogin': (app) => ({ input: { response: unknownAssertion(app) } }),
}

/** Sends an attempt to an address, and returns the session cookies of the answer. */
async function sessionsOpenedAt(
  app: TestApp,
  { address, body }: SessionAddress,
  { input, cookie = '' }: Attempt,
) {
  const sent = body(input)
  const type = typeof sent === 'string' ? { 'content-type': 'application/json' } : {}
  const headers = { ...type, cookie, origin: app.url }
  const response = await fetch(app.url + address, { method: 'POST', headers, body: sent, redirect: 'manual' })
  // The address exists, and reads this kind of body.
  expect([404, 405, 415]).not.toContain(response.status)
  return sessionsIn(response.headers.getSetCookie())
}

function sessionsIn(cookies: readonly string[]): string[] {
  return cookies.filter((cookie) => /^(?:__Host-)?session[=-]/.test(cookie))
}

describeOnEach('log-in paths', (databaseKind) => {
  test.each(sessionAddresses)('$address gives no session without the second factor', async (address) => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    await giveSecondFactor(app, user.id)
    const attempt = await attempts[address.procedure](app, user)
    const before = await countSessions(app, user.id)
    expect(await sessionsOpenedAt(app, address, attempt)).toEqual([])
    expect(await countSessions(app, user.id)).toBe(before)
  })

  test('the callback of a provider gives no session without the second factor', async () => {
    await using github = await gitHubServer()
    await using app = await testApp({ databaseKind, settings: { providers: [github.settings] } })
    const user = await newUser(app)
    await giveSecondFactor(app, user.id)
    await linkGitHubUser(app, { userId: user.id, github })
    const before = await countSessions(app, user.id)
    const browser = newBrowser(app)
    expect((await browser.open('/auth/github/start')).url.search).toContain('secondFactor=')
    expect(sessionsIn(browser.cookies().split('; '))).toEqual([])
    expect(await countSessions(app, user.id)).toBe(before)
  })
})

test('log-in paths: docs/security.md has the table of the code', () => {
  const rows = Object.entries(sessionPaths).map(([path, { proof, level }]) => {
    const others = sessionAddresses.filter(
      ({ procedure, address }) => procedure === path && address !== `/trpc/${path}`,
    )
    return `| \`${path}\` | ${proof} | ${level} | ${others.map(({ address }) => `\`${address}\``).join(', ')} |`.replace(
      '|  |',
      '| |',
    )
  })
  const text = readFileSync(`${repositoryRoot}/docs/security.md`, 'utf8')
  const head = ['| path | proof | level | other addresses |', '| --- | --- | --- | --- |']
  expect(text).toContain([...head, ...rows, ''].join('\n'))
})

async function countSessions(app: TestApp, userId: string): Promise<number> {
  const rows = await app.services.db.read
    .selectFrom('sessions')
    .where('user_id', '=', userId)
    .select('id')
    .execute()
  return rows.length
}

describeOnEach('a pending log-in', (databaseKind) => {
  test('its cookie gives nothing on every procedure', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed' } })
    const user = await newUser(app)
    await giveSecondFactor(app, user.id)
    const pending = await startLogin(app, { username: user.username, password })
    const outcomes = []
    // One after the other: together they would fill the hash queue.
    for (const path of paths) {
      const owner = await newUser(app)
      const reasonWith = async (cookie?: string) =>
        reasonIn(await call(app.url, path, await validInput(path, { app, caller: owner, owner }), cookie))
      outcomes.push({ path, withCookie: await reasonWith(pending), without: await reasonWith() })
    }
    const different = outcomes.filter(({ withCookie, without }) => withCookie !== without)
    expect(different).toEqual([
      { path: 'auth.secondFactor', withCookie: 'CODE_INVALID', without: 'COOKIE_MISSING' },
      { path: 'auth.completeFactorReset', withCookie: 'LINK_INVALID', without: 'COOKIE_MISSING' },
      { path: 'auth.passkeyLogin', withCookie: 'PASSKEY_INVALID', without: 'COOKIE_MISSING' },
    ])
  })
})
