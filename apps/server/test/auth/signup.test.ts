import { selfFixture, signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

describeOnEach('signup', (databaseKind) => {
  test('opens a session, with the token only in an HttpOnly cookie', async () => {
    await using app = await testApp({ databaseKind })
    const answer = await post(
      app.url,
      'auth.signup',
      signupInput({ ...ada, name: 'Ada Lovelace', email: 'ada@example.org' }),
    )
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.text)).toEqual({
      result: {
        data: {
          status: 'signed-in',
          user: selfFixture({
            id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
            username: 'ada',
            name: 'Ada Lovelace',
            email: 'ada@example.org',
            pendingEmail: 'ada@example.org',
            createdAt: new Date(app.clock.now()).toISOString(),
          }),
        },
      },
    })
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^session=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^known-device=[\w-]{43}; Max-Age=34560000; Path=\/; HttpOnly; SameSite=Lax$/),
    ])
    const token = answer.cookies[0]?.slice('session='.length) ?? ''
    expect(answer.text).not.toContain(token.slice(0, 20))
    const me = await get(app.url, 'account.me', answer.cookies[0])
    expect(JSON.parse(me.text).result.data).toMatchObject({ username: 'ada' })
  })

  test('uses the user name as display name when none is given', async () => {
    await using app = await testApp({ databaseKind })
    const { user } = await app.api.auth.signup.mutate(signupInput(ada))
    expect(user).toMatchObject({ name: 'ada', email: null })
  })

  test.each(['ada', 'ADA', ' Ada ', 'ａｄａ'])('USERNAME_TAKEN for %j', async (username) => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    expect(await failure(app.newClient().auth.signup.mutate(signupInput({ ...ada, username })))).toEqual({
      reason: 'USERNAME_TAKEN',
    })
  })

  test('the name of a closed account costs no hash, so timing does not distinguish it from a name in use', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    await app.api.account.close.mutate()
    const { passwordScheme } = app.services
    let hashes = 0
    app.services.passwordScheme = {
      ...passwordScheme,
      hash: (password) => {
        hashes += 1
        return passwordScheme.hash(password)
      },
    }
    const call = app.newClient().auth.signup.mutate(signupInput(ada))
    expect(await failure(call)).toEqual({ reason: 'USERNAME_TAKEN' })
    expect(hashes).toBe(0)
  })

  test('gives one name to one of 16 concurrent sign-ups', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 60 } })
    const outcomes = await Promise.all(
      Array.from({ length: 16 }, () => failure(app.newClient().auth.signup.mutate(signupInput(ada)))),
    )
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome?.reason === 'USERNAME_TAKEN')).toHaveLength(15)
  })

  test('accepts an email address that another account has, so that no address is revealed', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput({ ...ada, email: 'ada@example.org' }))
    await app
      .newClient()
      .auth.signup.mutate(signupInput({ ...ada, username: 'eve', email: 'ada@example.org' }))
  })

  test('ends the live session of the same browser', async () => {
    await using app = await testApp({ databaseKind })
    const first = await post(app.url, 'auth.signup', signupInput(ada))
    await post(app.url, 'auth.signup', signupInput({ ...ada, username: 'grace' }), first.cookies[0])
    expect(reasonIn(await get(app.url, 'account.me', first.cookies[0]))).toBe('SESSION_EXPIRED')
  })
})

describe('signup: rejections', () => {
  test.each([
    ['password1', 'common'],
    ['Password1', 'common'],
    // Of the known passwords, and of no shorter list.
    ['Qwer1234asdf', 'common'],
    ['1adalovelace!', 'personal'],
  ])('PASSWORD_REJECTED: %s is %s', async (password, why) => {
    await using app = await testApp()
    const call = app.api.auth.signup.mutate(signupInput({ username: 'adalovelace', password }))
    expect(await failure(call)).toEqual({ reason: 'PASSWORD_REJECTED', why })
    expect(await app.api.auth.session.query()).toBeNull()
  })

  test('PASSWORD_REJECTED for a user name without letters', async () => {
    await using app = await testApp()
    const number = '4915112345678'
    for (const account of [{ username: number }, { username: 'ada', email: `${number}@example.org` }]) {
      const call = app.api.auth.signup.mutate(signupInput({ ...account, password: number }))
      expect(await failure(call)).toEqual({ reason: 'PASSWORD_REJECTED', why: 'personal' })
    }
  })

  test('SIGNUP_CLOSED for every input', async () => {
    await using app = await testApp({ settings: { signup: 'closed' } })
    expect(await failure(app.api.auth.signup.mutate(signupInput(ada)))).toEqual({ reason: 'SIGNUP_CLOSED' })
  })

  test('INVALID_INPUT for an invisible display name, at sign-up and later', async () => {
    await using app = await testApp()
    const refused = expect.objectContaining({
      reason: 'INVALID_INPUT',
      fields: { name: ['Name contains characters that cannot be seen. Type it instead of pasting it.'] },
    })
    const name = '\u200B\u2060'
    expect(await failure(app.api.auth.signup.mutate(signupInput({ ...ada, name })))).toEqual(refused)
    await app.api.auth.signup.mutate(signupInput(ada))
    expect(await failure(app.api.account.updateProfile.mutate({ name }))).toEqual(refused)
  })

  test('INVALID_INPUT names the field and the fix', async () => {
    await using app = await testApp({ settings: { passwordMin: 12 } })
    expect(
      await failure(
        app.api.auth.signup.mutate(signupInput({ username: 'a!', password: 'short', email: 'no-address' })),
      ),
    ).toEqual({
      reason: 'INVALID_INPUT',
      fields: {
        username: ['Use only letters a to z, digits, dot, dash and underscore.'],
        password: ['Password is too short: at least 8 characters.'],
        email: ['Enter an email address, such as name@example.com.'],
      },
      form: [],
    })
    expect(
      await failure(app.api.auth.signup.mutate(signupInput({ ...ada, password: 'elevenchars' }))),
    ).toEqual({
      reason: 'INVALID_INPUT',
      fields: { password: ['Password is too short: at least 12 characters.'] },
      form: [],
    })
  })

  test('RATE_LIMITED after 60 from one address, with Retry-After', async () => {
    await using app = await testApp()
    for (let count = 0; count < 60; count += 1)
      await app.services.rateLimits.consume('signupsPerAddress', '127.0.0.1')
    const answer = await post(app.url, 'auth.signup', signupInput(ada))
    expect([answer.status, reasonIn(answer)]).toEqual([429, 'RATE_LIMITED'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('RATE_LIMITED after 600 from the addresses of one network', async () => {
    await using app = await testApp({ host: { trustProxy: 1 } })
    await app.services.rateLimits.consume('signupsPerNetwork', '2001:0db8:0001', 599)
    const signUpFrom = async (address: string, username: string) =>
      reasonIn(await post(app.url, 'auth.signup', signupInput({ username }), undefined, address))
    expect(await signUpFrom('2001:db8:1:1::1', 'ada')).toBeUndefined()
    expect(await signUpFrom('2001:db8:1:2::1', 'grace')).toBe('RATE_LIMITED')
    expect(await signUpFrom('2001:db8:2:2::1', 'grace')).toBeUndefined()
  })

  test('BUSY without a wait when the hash queue is full, with Retry-After', async () => {
    await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
    using _held = await occupyHashSlot(app)
    const answer = await post(app.url, 'auth.signup', signupInput(ada))
    expect([answer.status, reasonIn(answer), answer.headers.get('retry-after')]).toEqual([503, 'BUSY', '1'])
  })
})
