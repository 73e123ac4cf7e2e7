import type { Role } from '@app/contract'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { readConfig } from '../../src/config/config.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

// One test for each mistake of the tutorials that this project began as. Each title names the mistake.

const ada = { username: 'ada', password: 'correct horse battery' }

test('token printed', async () => {
  await using app = await testApp()
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  await get(app.url, 'account.me', cookies[0])
  await get(app.url, `account.me?token=${cookies[0]}`, cookies[0])
  const [, payload = 'none', signature = 'none'] = cookies[0]?.split('.') ?? []
  const printed = app.log.text
  expect(printed).toContain('account.me')
  for (const secret of [payload, signature, ada.password]) expect(printed).not.toContain(secret)
})

test('exception text sent to the client', async () => {
  await using app = await testApp()
  app.services.passwordPolicy = () => {
    throw new Error('column "secret" does not exist at /srv/app.ts')
  }
  const answer = await post(app.url, 'auth.signup', signupInput(ada))
  expect(JSON.parse(answer.text).error).toEqual({
    message: 'Something went wrong on our side.',
    code: -32603,
    data: {
      code: 'INTERNAL_SERVER_ERROR',
      httpStatus: 500,
      path: 'auth.signup',
      requestId: answer.headers.get('x-request-id'),
      failure: { reason: 'INTERNAL' },
    },
  })
  const [line] = app.log.expectErrors()
  expect(JSON.stringify(line)).toContain('column \\"secret\\" does not exist')
  expect(JSON.stringify(line)).toContain(answer.headers.get('x-request-id'))
})

test('500 for a bad token', async () => {
  await using app = await testApp()
  for (const token of ['x', 'a.b.c', '{}', '%00', 'ä', `${'x'.repeat(5_000)}`, 'eyJhbGciOiJub25lIn0.e30.']) {
    const answer = await get(app.url, 'account.me', `session=${encodeURIComponent(token)}`)
    expect([answer.status, reasonIn(answer)]).toEqual([401, 'UNAUTHENTICATED'])
  }
})

test('token without an end', async () => {
  await using app = await testApp()
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const payload = JSON.parse(Buffer.from(cookies[0]?.split('.')[1] ?? '', 'base64url').toString())
  expect(payload.exp - payload.iat).toBe(3_600)
})

test('log-out that leaves the old token alive', async () => {
  await using app = await testApp()
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  await post(app.url, 'auth.logout', {}, cookies[0])
  expect(reasonIn(await get(app.url, 'account.me', cookies[0]))).toBe('SESSION_EXPIRED')
})

test('log-out on GET', async () => {
  await using app = await testApp()
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const answer = await get(app.url, 'auth.logout', cookies[0])
  expect([answer.status, reasonIn(answer)]).toEqual([405, 'METHOD_NOT_ALLOWED'])
  expect((await get(app.url, 'account.me', cookies[0])).status).toBe(200)
})

test('401 for missing input', async () => {
  await using app = await testApp()
  const answer = await post(app.url, 'auth.login', {})
  expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
})

test('role check by substring', async () => {
  await using app = await testApp()
  const { user } = await app.api.auth.signup.mutate(signupInput(ada))
  const { cookies } = await post(app.url, 'auth.login', ada)
  const expectForbidden = async (role: string) => {
    const change = await post(app.url, 'users.setRole', { id: user.id, role: 'admin' }, cookies[0])
    const answers = [await get(app.url, 'audit.list', cookies[0]), change]
    expect([role, ...answers.map(reasonIn)]).toEqual([role, 'FORBIDDEN', 'FORBIDDEN'])
  }
  const storeRole = (role: string) =>
    // Sound for this test: the type and the schema of the input allow the roles of the list only.
    app.services.db.write((tx) =>
      tx
        .updateTable('users')
        .set({ role: role as Role })
        .execute(),
    )
  for (const role of ['min', 'Admin', 'administrator', '']) {
    await storeRole(role)
    await expectForbidden(role)
  }
  await storeRole('admin')
  expect((await get(app.url, 'audit.list', cookies[0])).status).toBe(200)
})

test('default secret key', async () => {
  await using here = await testApp({ settings: { authSecrets: [] } })
  await using there = await testApp({ clock: here.clock, settings: { authSecrets: [] } })
  const { cookies } = await post(here.url, 'auth.signup', signupInput(ada))
  expect(reasonIn(await get(there.url, 'account.me', cookies[0]))).toBe('UNAUTHENTICATED')
})

test('email addresses of all users for any user', async () => {
  await using app = await testApp()
  await app.api.auth.signup.mutate(signupInput({ ...ada, email: 'ada@example.org' }))
  const eve = app.newClient()
  await eve.auth.signup.mutate(signupInput({ ...ada, username: 'eve' }))
  expect(JSON.stringify(await eve.users.list.query())).not.toContain('@')
})

test('any signed-in user can delete any account', async () => {
  await using app = await testApp()
  const { user } = await app.api.auth.signup.mutate(signupInput(ada))
  const eve = app.newClient()
  await eve.auth.signup.mutate(signupInput({ ...ada, username: 'eve' }))
  expect(await failure(eve.users.remove.mutate({ id: user.id }))).toEqual({ reason: 'FORBIDDEN' })
  expect(await app.api.account.me.query()).toMatchObject({ username: 'ada' })
})

test('mass assignment', async () => {
  await using app = await testApp()
  for (const more of [{ role: 'admin' }, { id: 'x' }, { uid: 1 }, { disabled: false }]) {
    const answer = await post(app.url, 'auth.signup', signupInput({ ...ada, ...more }))
    expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
  }
  expect(await failure(app.api.auth.login.mutate(ada))).toEqual({ reason: 'INVALID_CREDENTIALS' })
})

test('password change without the current one', async () => {
  await using app = await testApp()
  const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
  const answer = await post(
    app.url,
    'account.changePassword',
    { newPassword: 'a better battery' },
    cookies[0],
  )
  expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
})

test('token that names a mutable user name', async () => {
  await using app = await testApp()
  const { cookies, text } = await post(
    app.url,
    'auth.signup',
    signupInput({ ...ada, username: 'adalovelace' }),
  )
  const payload = Buffer.from(cookies[0]?.split('.')[1] ?? '', 'base64url').toString()
  expect(payload).not.toContain('adalovelace')
  expect(JSON.parse(payload).sub).toBe(JSON.parse(text).result.data.user.id)
})

test('no hashing work for unknown users', async () => {
  await using app = await testApp()
  await app.api.auth.signup.mutate(signupInput(ada))
  const { matches, dummy } = app.services.passwordScheme
  const compared: string[] = []
  app.services.passwordScheme.matches = (password, stored) => {
    compared.push(stored)
    return matches(password, stored)
  }
  await failure(app.newClient().auth.login.mutate({ ...ada, password: 'wrong' }))
  await failure(app.newClient().auth.login.mutate({ ...ada, username: 'unknown' }))
  expect(compared).toEqual([expect.stringContaining('$04$'), dummy])
  expect(dummy).toContain('$04$')
})

test('no attempt limit', async () => {
  await using app = await testApp({ settings: { hashConcurrency: 60 } })
  await app.api.auth.signup.mutate(signupInput(ada))
  const attempts = Array.from({ length: 55 }, (_, count) =>
    failure(app.newClient().auth.login.mutate({ username: `unknown${count}`, password: 'guess' })),
  )
  await Promise.all(attempts)
  expect(await failure(app.newClient().auth.login.mutate(ada))).toMatchObject({ reason: 'RATE_LIMITED' })
})

test('SameSite=None without an Origin check', async () => {
  const here = 'https://accounts.example.org'
  const partner = 'https://app.example.org'
  const host = { cookieSameSite: 'none' as const, publicUrl: here, allowedOrigins: [partner] }
  await using app = await testApp({ host })
  const signUpFrom = async (origin: string, username: string) => {
    const response = await fetch(`${app.url}/trpc/auth.signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'cross-site' },
      body: JSON.stringify(signupInput({ ...ada, username })),
    })
    return { status: response.status, cookies: response.headers.getSetCookie() }
  }
  expect(await signUpFrom('https://evil.example', 'eve')).toEqual({ status: 403, cookies: [] })
  const allowed = await signUpFrom(partner, 'ada')
  expect(allowed.status).toBe(200)
  expect(allowed.cookies[0]).toMatch(/^__Host-session=.*; Path=\/; HttpOnly; Secure; SameSite=None$/)
})

test('403 that lists the roles', async () => {
  await using app = await testApp()
  const { user } = await app.api.auth.signup.mutate(signupInput(ada))
  const { cookies } = await post(app.url, 'auth.login', ada)
  const answer = await post(app.url, 'users.setRole', { id: user.id, role: 'admin' }, cookies[0])
  expect(answer.status).toBe(403)
  expect(JSON.parse(answer.text).error.data.failure).toEqual({ reason: 'FORBIDDEN' })
  expect(answer.text).not.toMatch(/admin/i)
})

test('debug server on all interfaces', () => {
  expect(readConfig({}).config).toMatchObject({ host: '127.0.0.1' })
  expect(readConfig({ NODE_ENV: 'development' })).toEqual(readConfig({ NODE_ENV: 'production' }))
})
