import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { ada, counted, guess, hour, login, second, signUp, verdict, wrong } from '../support/brute-force.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { failure, post } from '../support/raw-call.ts'

describeOnEach('failed logins from an unknown device', (databaseKind) => {
  test.each([
    ['an account', 'ada'],
    ['an unknown user name', 'unknown'],
  ])('%s: 5 failures without a pause, then 30 s, doubling to an hour', async (_name, username) => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    const input = { ...wrong, username }
    expect(await guess(app, 6, input)).toEqual([
      'INVALID_CREDENTIALS',
      'INVALID_CREDENTIALS',
      'INVALID_CREDENTIALS',
      'INVALID_CREDENTIALS',
      'INVALID_CREDENTIALS',
      'RATE_LIMITED 30',
    ])
    const pauses = []
    for (const pause of [30, 60, 120, 240, 480, 960, 1_920, 3_600]) {
      app.clock.advance(pause * second - 1)
      pauses.push(...(await guess(app, 1, input)))
      app.clock.advance(1)
      expect(await guess(app, 1, input)).toEqual(['INVALID_CREDENTIALS'])
    }
    expect(pauses).toEqual(Array(8).fill('RATE_LIMITED 1'))
    expect(await guess(app, 1, input)).toEqual(['RATE_LIMITED 3600'])
  })

  test('the right password is rejected during the lockout too, and resets the count after it', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    await guess(app, 5, wrong)
    expect(await guess(app, 1, ada)).toEqual(['RATE_LIMITED 30'])
    app.clock.advance(30 * second)
    expect(await guess(app, 1, ada)).toEqual(['signed in'])
    expect(await guess(app, 5, wrong)).toEqual(Array(5).fill('INVALID_CREDENTIALS'))
  })

  test('5 of 16 concurrent guesses on two servers are compared', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 60 } })
    await using other = await testApp({
      databaseUrl: app.databaseUrl,
      clock: app.clock,
      settings: { hashConcurrency: 60 },
    })
    await signUp(app)
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => login(index % 2 === 0 ? app : other, wrong)),
    )
    const verdicts = answers.map(verdict)
    expect(verdicts.filter((one) => one === 'INVALID_CREDENTIALS')).toHaveLength(5)
    expect(verdicts.filter((one) => one === 'RATE_LIMITED 30')).toHaveLength(11)
    expect(await counted(app)).toBe(5)
  })

  test('the count survives a restart', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    await guess(app, 5, wrong)
    await using restarted = await testApp({ databaseUrl: app.databaseUrl, clock: app.clock })
    expect(await guess(restarted, 1, ada)).toEqual(['RATE_LIMITED 30'])
  })

  test('after 100 consecutive failures the account stays locked until a login from a known device', async () => {
    await using app = await testApp({ databaseKind })
    const device = await signUp(app)
    await guess(app, 4, wrong)
    await app.services.db.write((tx) => tx.updateTable('login_throttles').set({ failures: 99 }).execute())
    expect(await guess(app, 1, wrong)).toEqual(['INVALID_CREDENTIALS'])
    app.clock.advance(365 * 24 * hour)
    expect(await guess(app, 1, ada)).toEqual(['RATE_LIMITED 3600'])
    expect(await guess(app, 1, ada, device)).toEqual(['signed in'])
    expect(await guess(app, 1, ada)).toEqual(['signed in'])
  })

  test('a corrected clock that was ahead locks no user out', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    app.clock.advance(5 * 365 * 24 * hour)
    await guess(app, 5, wrong)
    app.clock.advance(-5 * 365 * 24 * hour)
    expect(await guess(app, 1, ada)).toEqual(['signed in'])
  })
})

describeOnEach('a signed-in user who is asked for the password', (databaseKind) => {
  test.each(['auth.elevate', 'account.changePassword'])('%s: 10 failures an hour', async (path) => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const call = async (password: string) =>
      verdict(
        await post(
          app.url,
          path,
          path === 'auth.elevate'
            ? { password }
            : { currentPassword: password, newPassword: 'a better battery' },
          cookies[0],
        ),
      )
    for (let count = 0; count < 10; count += 1) expect(await call('wrong')).toBe('INVALID_CREDENTIALS')
    expect(await call(ada.password)).toBe('RATE_LIMITED 3600')
  })
})

describeOnEach('writes of rejected attempts', (databaseKind) => {
  test('none, after one event for the start of the pause', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    await guess(app, 5, wrong)
    const events = async () => {
      const rows = await app.services.db.read.selectFrom('audit_events').select('event').execute()
      return rows.map(({ event }) => event).toSorted()
    }
    const before = await events()
    expect(before).toEqual([...Array(5).fill('login-failed'), 'password-limited', 'signup'])
    await guess(app, 3, wrong)
    expect(await events()).toEqual(before)
    expect(await counted(app)).toBe(5)
  })

  test('none, not even a sweep, when the pause began while the attempt waited in the queue', async () => {
    await using app = await testApp({ databaseKind })
    await signUp(app)
    await guess(app, 4, wrong)
    const { hashQueue } = app.services
    const [waits, turn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    app.services.hashQueue = {
      ...hashQueue,
      enter: async () => {
        waits.resolve()
        await turn.promise
        return { [Symbol.dispose]: () => undefined }
      },
    }
    const late = login(app, ada)
    await waits.promise
    app.services.hashQueue = hashQueue
    await guess(app, 1, wrong)
    const over = { bucket: 'name:of old', failures: 1, closed_until: 0, purge_at: 1 }
    await app.services.db.write((tx) => tx.insertInto('login_throttles').values(over).execute())
    const rows = () =>
      app.services.db.read.selectFrom('login_throttles').selectAll().orderBy('bucket').execute()
    const before = await rows()
    turn.resolve()
    expect(verdict(await late)).toBe('RATE_LIMITED 30')
    expect(await rows()).toEqual(before)
  })

  test('BUSY does not count as a failure', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1, hashQueue: 0 } })
    await signUp(app)
    using _held = await occupyHashSlot(app)
    for (let count = 0; count < 7; count += 1) {
      expect(await failure(app.newClient().auth.login.mutate(wrong))).toMatchObject({ reason: 'BUSY' })
    }
    expect(await counted(app)).toBe(0)
  })

  test('an unknown user name is stored as a hash, and deleted a day after its last failure', async () => {
    await using app = await testApp({ databaseKind })
    await guess(app, 5, { ...wrong, username: 'hunter2-typed-in-the-wrong-field' })
    const rows = await app.services.db.read.selectFrom('login_throttles').selectAll().execute()
    const events = await app.services.db.read.selectFrom('audit_events').selectAll().execute()
    expect(rows).toHaveLength(2)
    expect(JSON.stringify([rows, events])).not.toContain('hunter2')
    app.clock.advance(24 * hour)
    await guess(app, 1, { ...wrong, username: 'another' })
    expect(await app.services.db.read.selectFrom('login_throttles').selectAll().execute()).toHaveLength(2)
  })
})
