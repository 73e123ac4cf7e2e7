import { pendingLoginMs } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, newUser, password, signUp, unknownCode } from '../support/actors.ts'
import { auditRows } from '../support/audit-rows.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { giveSecondFactor, startLogin } from '../support/second-factor.ts'

describeOnEach('the second step of a log-in', (databaseKind) => {
  test('a right password alone opens no session', async () => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    await giveSecondFactor(app, user.id)
    const answer = await post(app.url, 'auth.login', { username: user.username, password })
    expect(answer.text).toContain('{"status":"second-factor","methods":["otp","recovery"]}')
    expect(answer.cookies).toEqual([expect.stringMatching(/^pending-login=v1\./)])
  })

  test('a right password alone is an event of the account', async () => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    await giveSecondFactor(app, user.id)
    app.clock.advance(1)
    await startLogin(app, { username: user.username, password })
    expect((await auditRows(app)).at(-1)).toMatchObject({
      event: 'second-factor-asked',
      actor_kind: 'anonymous',
      actor_id: null,
      subject: user.id,
      ip: '127.0.0.1',
      detail: '{"method":"pwd"}',
    })
  })

  test('a code finishes the log-in at level 2, once', async () => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    const code = await giveSecondFactor(app, user.id)
    const pending = await startLogin(app, { username: user.username, password })
    const input = { method: 'recovery', code }
    const answer = await post(app.url, 'auth.secondFactor', input, pending)
    expect(answer.text).toContain('"status":"signed-in"')
    const session = await get(app.url, 'auth.session', answer.cookies.join('; '))
    expect(session.text).toContain('"methods":["pwd","recovery"],"level":2')
    expect(reasonIn(await post(app.url, 'auth.secondFactor', input, pending))).toBe('CODE_INVALID')
  })

  test('16 log-ins at once with one code open one session', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed' } })
    const user = await newUser(app)
    const input = { method: 'recovery', code: await giveSecondFactor(app, user.id) }
    const pending = await startLogin(app, { username: user.username, password })
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => post(app.url, 'auth.secondFactor', input, pending)),
    )
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('ends after 10 minutes, and when the password changes or the user is disabled', async () => {
    await using app = await testApp({ databaseKind })
    const admin = await addAdmin(app, 'root')
    const user = { username: 'ada', ...(await signUp(app, 'ada')) }
    const input = { method: 'recovery' as const, code: await giveSecondFactor(app, user.id) }
    const attempt = (pending: string) => post(app.url, 'auth.secondFactor', input, pending).then(reasonIn)
    const late = await startLogin(app, { username: user.username, password })
    app.clock.advance(pendingLoginMs)
    expect(await attempt(late)).toBe('LOGIN_EXPIRED')

    const changed = await startLogin(app, { username: user.username, password })
    await user.api.auth.elevate.mutate(input)
    await user.api.account.changePassword.mutate({
      currentPassword: password,
      newPassword: 'a better battery',
    })
    expect(await attempt(changed)).toBe('LOGIN_EXPIRED')

    const disabled = await startLogin(app, { username: user.username, password: 'a better battery' })
    await admin.api.auth.elevate.mutate({ password })
    await admin.api.users.setDisabled.mutate({ id: user.id, disabled: true })
    expect(await attempt(disabled)).toBe('LOGIN_EXPIRED')
  })

  test('one that began while the clock was ahead does not wait until then', async () => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    const code = await giveSecondFactor(app, user.id)
    app.clock.advance(86_400_000)
    const pending = await startLogin(app, { username: user.username, password })
    app.clock.advance(-86_400_000)
    expect(reasonIn(await post(app.url, 'auth.secondFactor', { method: 'recovery', code }, pending))).toBe(
      'LOGIN_EXPIRED',
    )
  })

  test('an altered cookie, or one in the place of another, is worth nothing', async () => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    const input = { method: 'recovery', code: await giveSecondFactor(app, user.id) }
    const pending = await startLogin(app, { username: user.username, password })
    const altered = `${pending.slice(0, -2)}${pending.endsWith('AA') ? 'BB' : 'AA'}`
    for (const cookie of [altered, pending.replace('v1.', 'v2.'), `${pending}; ${pending}`, 'pending-login='])
      expect(reasonIn(await post(app.url, 'auth.secondFactor', input, cookie))).toBe('LOGIN_EXPIRED')
    const asSession = pending.replace('pending-login', 'session')
    expect(reasonIn(await get(app.url, 'account.me', asSession))).toBe('UNAUTHENTICATED')
  })

  test('wrong codes pause the account, and a new log-in gives no more tries', async () => {
    await using app = await testApp({ databaseKind })
    const user = await newUser(app)
    const code = await giveSecondFactor(app, user.id)
    const attempt = async (typed: string, cookies = '') => {
      const pending = await startLogin(app, { username: user.username, password })
      const input = { method: 'recovery', code: typed }
      return reasonIn(await post(app.url, 'auth.secondFactor', input, `${pending}; ${cookies}`))
    }
    for (let count = 0; count < 5; count += 1) expect(await attempt(unknownCode)).toBe('CODE_INVALID')
    expect(await attempt(code)).toBe('RATE_LIMITED')
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', 'in', ['second-factor-failed', 'second-factor-limited'])
      .select('event')
      .orderBy('id')
      .execute()
    expect(events.map(({ event }) => event)).toEqual([
      ...Array.from({ length: 5 }, () => 'second-factor-failed'),
      'second-factor-limited',
    ])
  })
})
