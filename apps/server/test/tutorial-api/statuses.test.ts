import { bodyLimitBytes } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, newUsername, password, unknownId } from '../support/actors.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import { callTutorial } from './tutorial-call.ts'
import type { TutorialAnswer } from './tutorial-call.ts'

/** Status, message and kind of a response. */
const summary = ({ status, message, error }: TutorialAnswer) => [status, message, error]

describeOnEach('the tutorials’ API', (databaseKind) => {
  test('logs in, reads, changes and deletes a user, and logs out', async () => {
    await using app = await testApp({ databaseKind })
    const uid = newUsername()
    const created = await callTutorial(app.url, 'POST /api/user', {
      body: { uid, password, name: 'Ada', email: 'ada@example.org' },
    })
    expect(summary(created)).toEqual([201, `User ${uid} created.`, null])
    const user = { uid, name: 'Ada', email: 'ada@example.org', role: 'user' }
    expect(created.data).toMatchObject(user)

    const loggedIn = await callTutorial(app.url, 'POST /api/authenticate', { body: { uid, password } })
    expect(summary(loggedIn)).toEqual([200, `Authentication for ${uid} successful`, null])
    const cookie = loggedIn.cookies.join('; ')
    for (const route of ['GET /api/id', 'GET /api/user'] as const) {
      const read = await callTutorial(app.url, route, { cookie })
      expect(summary(read)).toEqual([200, `You are logged in as ${uid}.`, null])
      expect(read.data).toMatchObject(user)
    }
    const changed = await callTutorial(app.url, 'PUT /api/user', { cookie, body: { name: 'Ada L.' } })
    expect(summary(changed)).toEqual([200, `User ${uid} updated.`, null])
    expect(changed.data).toMatchObject({ ...user, name: 'Ada L.' })
    const listed = await callTutorial(app.url, 'GET /api/users?search=ada', { cookie })
    expect(summary(listed)).toEqual([200, 'Users by user name.', null])
    expect(listed.data).toMatchObject([{ uid, name: 'Ada L.' }])

    const loggedOut = await callTutorial(app.url, 'DELETE /api/authenticate', { cookie })
    expect([...summary(loggedOut), loggedOut.data]).toEqual([200, 'Successfully logged out.', null, null])
    expect(loggedOut.headers.getSetCookie().join()).toContain('Max-Age=0')
    expect((await callTutorial(app.url, 'GET /api/id', { cookie })).status).toBe(401)

    const again = await callTutorial(app.url, 'POST /api/authenticate', { body: { uid, password } })
    const closed = await callTutorial(app.url, 'DELETE /api/user', { cookie: again.cookies.join('; ') })
    expect(summary(closed)).toEqual([200, 'User deleted.', null])
    const gone = await callTutorial(app.url, 'POST /api/authenticate', { body: { uid, password } })
    expect(summary(gone)).toEqual([401, 'Invalid user id or password', 'Unauthorized'])
  })

  test('answers missing and invalid input with 400', async () => {
    await using app = await testApp({ databaseKind })
    const { cookie } = await newUser(app)
    const uid = newUsername()
    for (const [route, body, message] of [
      ['POST /api/authenticate', undefined, 'Please provide user details'],
      ['POST /api/authenticate', {}, 'Please provide user details'],
      ['POST /api/authenticate', [], 'Please provide user details'],
      ['POST /api/authenticate', 'null', 'Please provide user details'],
      ['POST /api/authenticate', { password }, 'User ID is missing'],
      ['POST /api/authenticate', { uid: null, password }, 'User ID is missing'],
      ['POST /api/authenticate', { uid: '', password }, 'User ID is missing'],
      ['POST /api/authenticate', { username: uid, password }, 'User ID is missing'],
      ['POST /api/authenticate', { uid }, 'Password is missing'],
      ['POST /api/authenticate', { uid, password: '' }, 'Password is missing'],
      ['POST /api/authenticate', '{"uid":', 'The input is not valid JSON.'],
      ['POST /api/authenticate', { uid, password, otp: 1 }, 'Unknown field: "otp".'],
      ['DELETE /api/authenticate', { uid }, 'Unknown field: "uid".'],
      ['POST /api/user', {}, 'Please provide user details'],
      ['POST /api/user', { password }, 'User ID is missing'],
      ['POST /api/user', { uid, name: 'Ada' }, 'Password is missing'],
      ['POST /api/user', { uid, password: 'short' }, 'Password is too short: at least 8 characters.'],
      [
        'POST /api/user',
        { uid, password: 'password1' },
        'This password is common and easy to guess. Choose another one.',
      ],
      ['PUT /api/user', {}, 'Please provide user details'],
      ['PUT /api/user', { name: 'Ada', role: 'admin' }, 'Unknown field: "role".'],
      ['DELETE /api/user', { uid: 'ada' }, 'Unknown field: "uid".'],
      ['GET /api/users?limit=five', undefined, 'The limit is a whole number.'],
      ['GET /api/users?limit=0', undefined, 'The limit is at least 1.'],
      ['GET /api/users?cursor=x', undefined, 'This cursor does not belong to this list.'],
    ] as const) {
      const answer = await callTutorial(app.url, route, { cookie, body })
      expect(summary(answer), `${route} ${JSON.stringify(body)}`).toEqual([400, message, 'Bad request'])
    }
  })

  test('answers a call without a session, a wrong password and an ended session with 401', async () => {
    await using app = await testApp({ databaseKind })
    const { cookie, username: uid, api } = await newUser(app)
    const wrong = { uid, password: 'wrong horse battery' }
    const refused = await callTutorial(app.url, 'POST /api/authenticate', { body: wrong })
    expect(summary(refused)).toEqual([401, 'Invalid user id or password', 'Unauthorized'])
    const name = cookie.split('=')[0]
    await api.auth.logout.mutate()
    for (const route of [
      'GET /api/id',
      'GET /api/user',
      'GET /api/users',
      'PUT /api/user',
      'DELETE /api/user',
    ] as const) {
      const missing = await callTutorial(app.url, route)
      expect(summary(missing)).toEqual([401, 'Authentication Token is missing!', 'Unauthorized'])
      for (const token of [`${name}=x`, `${name}=a.b.c`, cookie]) {
        const invalid = await callTutorial(app.url, route, { cookie: token })
        expect(summary(invalid)).toEqual([401, 'Invalid Authentication token!', 'Unauthorized'])
      }
    }
  })

  test('a log-in that needs a second step gets 401 and no session', async () => {
    await using app = await testApp({ databaseKind })
    const { id, username: uid } = await newUser(app)
    await giveSecondFactor(app, id)
    const answer = await callTutorial(app.url, 'POST /api/authenticate', { body: { uid, password } })
    expect(summary(answer)).toEqual([
      401,
      'This account needs a second step to log in, which this address does not have. Log in on the log-in page.',
      'Unauthorized',
    ])
    const cookie = answer.cookies.join('; ')
    expect(cookie).not.toMatch(/\bsession/)
    expect((await callTutorial(app.url, 'GET /api/id', { cookie })).status).toBe(401)
  })

  test('only an admin deletes another user', async () => {
    await using app = await testApp({ databaseKind })
    const [admin, ada, bob] = [await newAdmin(app), await newUser(app), await newUser(app)]
    const remove = (id: string, cookie: string) =>
      callTutorial(app.url, 'DELETE /api/user', { cookie, body: { id } })
    expect(summary(await remove(bob.id, ada.cookie))).toEqual([
      403,
      'Insufficient permissions. Required roles: admin',
      'Forbidden',
    ])
    expect(summary(await remove(bob.id, admin.cookie))).toEqual([200, 'User deleted.', null])
    expect(summary(await remove(bob.id, admin.cookie))).toEqual([404, 'User not found', 'Not found'])
    expect(summary(await remove(unknownId, admin.cookie))).toEqual([404, 'User not found', 'Not found'])
    expect((await remove('me', admin.cookie)).status).toBe(400)
    const last = await callTutorial(app.url, 'DELETE /api/user', { cookie: admin.cookie })
    expect(summary(last)).toEqual([409, 'There must be at least one admin.', 'Conflict'])
    app.clock.advance(11 * 60_000)
    const late = await callTutorial(app.url, 'DELETE /api/user', { cookie: ada.cookie })
    expect(summary(late)).toEqual([403, 'Confirm that it is you to continue.', 'Forbidden'])
  })

  test('answers a taken name, closed sign-up and an internal error', async () => {
    await using app = await testApp({ databaseKind })
    const { username: uid } = await newUser(app)
    const taken = await callTutorial(app.url, 'POST /api/user', { body: { uid, password } })
    expect(summary(taken)).toEqual([409, 'This user name is taken.', 'Conflict'])
    app.services.settings.signup = 'closed'
    const closed = await callTutorial(app.url, 'POST /api/user', { body: { uid: newUsername(), password } })
    expect(summary(closed)).toEqual([403, 'Sign-up is closed here.', 'Forbidden'])
    app.services.settings.signup = 'open'
    app.services.passwordPolicy = () => {
      throw new Error('the secret cause')
    }
    const broken = await callTutorial(app.url, 'POST /api/user', { body: { uid: newUsername(), password } })
    expect(summary(broken)).toEqual([500, 'Something went wrong!', 'Internal server error'])
    expect(app.log.expectErrors()).toHaveLength(1)
  })
})

test.each([
  ['/api/authenticate', 'POST, DELETE', ['GET', 'PUT', 'PATCH', 'OPTIONS']],
  ['/api/user', 'GET, POST, PUT, DELETE', ['PATCH', 'OPTIONS', 'PROPFIND']],
  ['/api/id', 'GET', ['POST', 'PUT', 'DELETE']],
  ['/api/users', 'GET', ['POST', 'PUT', 'DELETE']],
])('%s allows %s and answers other methods with 405', async (path, allowed, others) => {
  await using app = await testApp()
  for (const method of others) {
    const answer = await callTutorial(app.url, `${method} ${path as '/api/id'}`)
    expect([...summary(answer), answer.headers.get('allow')]).toEqual([
      405,
      'This address needs another HTTP method.',
      'Method not allowed',
      allowed,
    ])
  }
  const head = await fetch(app.url + path, { method: 'HEAD' })
  expect([head.status, await head.text()]).toEqual([405, ''])
})

test('a body that is too large, of another type or compressed is not read', async () => {
  await using app = await testApp()
  const large = { uid: 'ada', password: 'x'.repeat(bodyLimitBytes) }
  const tooLarge = await callTutorial(app.url, 'POST /api/authenticate', { body: large })
  expect(summary(tooLarge)).toEqual([413, 'The request is too large.', 'Content too large'])
  for (const headers of [
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-encoding': 'gzip' },
  ] as Record<string, string>[]) {
    const answer = await callTutorial(app.url, 'POST /api/authenticate', { body: '{"uid":"ada"}', headers })
    expect(summary(answer)).toEqual([415, 'Send application/json.', 'Unsupported media type'])
  }
})

test('a list has the address of its next page', async () => {
  await using app = await testApp()
  const names = ['a', 'b', 'c'].map((letter) => `list-${letter}`)
  let cookie = ''
  for (const uid of names) {
    cookie = (await callTutorial(app.url, 'POST /api/user', { body: { uid, password } })).cookies.join('; ')
  }
  const found: unknown[] = []
  let path: string | undefined = '/api/users?limit=2&search=list'
  while (path !== undefined) {
    const page = await callTutorial(app.url, `GET ${path as '/api/users'}`, { cookie })
    found.push(...(page.data as { uid: string }[]).map(({ uid }) => uid))
    path = /^<(.+)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1]
  }
  expect(found).toEqual(names)
})
