import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { counted } from '../support/brute-force.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { failure, get, post, reasonIn } from '../support/raw-call.ts'

const ada = { username: 'ada', password: 'correct horse battery' }
const newPassword = 'a much better battery'

describeOnEach('the profile of the user', (databaseKind) => {
  test('can be read and renamed', async () => {
    await using app = await testApp({ databaseKind })
    const { user } = await app.api.auth.signup.mutate(signupInput({ ...ada, email: 'ada@example.org' }))
    expect(await app.api.account.me.query()).toEqual(user)
    expect(await app.api.account.updateProfile.mutate({ name: ' Ada Lovelace ' })).toEqual({
      ...user,
      name: 'Ada Lovelace',
    })
    expect(await app.api.account.me.query()).toEqual({ ...user, name: 'Ada Lovelace' })
    expect(await app.api.account.updateProfile.mutate({})).toEqual({ ...user, name: 'Ada Lovelace' })
  })

  test.each([
    { role: 'admin' },
    { username: 'root' },
    { id: 'x' },
    { disabled_at: null },
    { emailVerified: true },
  ])('rejects %o from its owner', async (more) => {
    await using app = await testApp({ databaseKind })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const answer = await post(app.url, 'account.updateProfile', { name: 'Ada', ...more }, cookies[0])
    expect([answer.status, reasonIn(answer)]).toEqual([400, 'INVALID_INPUT'])
    const me = JSON.parse((await get(app.url, 'account.me', cookies[0])).text).result.data
    expect(me).toMatchObject({ name: 'ada', username: 'ada', role: 'user', emailVerified: false })
  })
})

describeOnEach('a change of password', (databaseKind) => {
  test('ends every other session, sets a new token, and invalidates the old password', async () => {
    await using app = await testApp({ databaseKind })
    const signedUp = await post(app.url, 'auth.signup', signupInput(ada))
    const phone = app.newClient()
    const tablet = app.newClient()
    await phone.auth.login.mutate(ada)
    await tablet.auth.login.mutate(ada)

    const input = { currentPassword: ada.password, newPassword }
    const changed = await post(app.url, 'account.changePassword', input, signedUp.cookies[0])
    expect(JSON.parse(changed.text)).toEqual({ result: { data: { endedSessions: 2 } } })

    expect(reasonIn(await get(app.url, 'account.me', signedUp.cookies[0]))).toBe('SESSION_EXPIRED')
    expect((await get(app.url, 'account.me', changed.cookies[0])).status).toBe(200)
    for (const device of [phone, tablet]) {
      expect(await failure(device.account.me.query())).toEqual({ reason: 'SESSION_EXPIRED' })
    }
    expect(await failure(phone.auth.login.mutate(ada))).toEqual({ reason: 'INVALID_CREDENTIALS' })
    await phone.auth.login.mutate({ ...ada, password: newPassword })
  })

  test('requires the current password, and changes nothing without it', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    const phone = app.newClient()
    await phone.auth.login.mutate(ada)
    const call = app.api.account.changePassword.mutate({ currentPassword: 'wrong', newPassword })
    expect(await failure(call)).toEqual({ reason: 'INVALID_CREDENTIALS' })
    expect(await phone.account.me.query()).toMatchObject({ username: 'ada' })
    await app.newClient().auth.login.mutate(ada)
  })

  test.each([
    ['iloveyou', 'common'],
    ['Qwer1234asdf', 'common'],
    ['ADA!12345', 'personal'],
    ['countess1815', 'personal'],
  ])('to %s fails with PASSWORD_REJECTED: %s', async (password, why) => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput({ ...ada, email: 'countess@example.org' }))
    const call = app.api.account.changePassword.mutate({
      currentPassword: ada.password,
      newPassword: password,
    })
    expect(await failure(call)).toEqual({ reason: 'PASSWORD_REJECTED', why })
    await app.newClient().auth.login.mutate(ada)
  })

  test('fails with INVALID_INPUT when the new password is too short', async () => {
    await using app = await testApp({ databaseKind, settings: { passwordMin: 12 } })
    await app.api.auth.signup.mutate(signupInput(ada))
    const call = app.api.account.changePassword.mutate({
      currentPassword: ada.password,
      newPassword: 'elevenchars',
    })
    expect(await failure(call)).toMatchObject({
      reason: 'INVALID_INPUT',
      fields: { newPassword: ['Password is too short: at least 12 characters.'] },
    })
  })

  test.each(['password1', 'tenletters'])(
    'to %s, which is rejected, does not count the right current password as a failure',
    async (refused) => {
      await using app = await testApp({ databaseKind, settings: { passwordMin: 11 } })
      await app.api.auth.signup.mutate(signupInput(ada))
      const change = (currentPassword: string) =>
        app.api.account.changePassword.mutate({ currentPassword, newPassword: refused })
      for (let count = 0; count < 10; count += 1) {
        expect(['PASSWORD_REJECTED', 'INVALID_INPUT']).toContain(
          (await failure(change(ada.password)))?.reason,
        )
      }
      expect(await counted(app)).toBe(0)
      await app.api.auth.elevate.mutate({ password: ada.password })
    },
  )

  test('checks the new password first: that costs no hash, and no pause hides it', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    for (let count = 0; count < 10; count += 1)
      await failure(app.api.auth.elevate.mutate({ password: 'wrong' }))
    using _held = await occupyHashSlot(app)
    const input = { currentPassword: 'wrong', newPassword: 'password1' }
    expect(await failure(app.api.account.changePassword.mutate(input))).toEqual({
      reason: 'PASSWORD_REJECTED',
      why: 'common',
    })
  })

  test('is neither BUSY nor counted when the hash queue fills up between its two hashes', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1, hashQueue: 1 } })
    await app.api.auth.signup.mutate(signupInput(ada))
    const { passwordScheme, hashQueue } = app.services
    const unknownDevice = { key: 'account:other', address: '192.0.2.1', isKnownDevice: false }
    app.services.passwordScheme = {
      ...passwordScheme,
      matches: async (password, stored) => {
        const matches = await passwordScheme.matches(password, stored)
        // The waiting call gets the slot as soon as it is free, and the next one queues.
        void hashQueue.enter(unknownDevice).then(() => hashQueue.enter(unknownDevice))
        return matches
      },
    }
    const call = app.api.account.changePassword.mutate({ currentPassword: ada.password, newPassword })
    expect(await failure(call)).toBeUndefined()
    expect(await counted(app)).toBe(0)
  })

  test('fails with BUSY when the hash queue is full', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1, hashQueue: 0 } })
    await app.api.auth.signup.mutate(signupInput(ada))
    using _held = await occupyHashSlot(app)
    const call = app.api.account.changePassword.mutate({ currentPassword: ada.password, newPassword })
    expect(await failure(call)).toMatchObject({ reason: 'BUSY' })
  })

  test('succeeds for one of two concurrent calls from two devices, and ends the other session', async () => {
    await using app = await testApp({ databaseKind })
    await app.api.auth.signup.mutate(signupInput(ada))
    const phone = app.newClient()
    await phone.auth.login.mutate(ada)
    const outcomes = await Promise.all(
      [app.api, phone].map((device, index) =>
        failure(
          device.account.changePassword.mutate({
            currentPassword: ada.password,
            newPassword: `${newPassword} ${index}`,
          }),
        ),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1)
    expect(['SESSION_EXPIRED', 'INVALID_CREDENTIALS']).toContain(
      outcomes.find((outcome) => outcome !== undefined)?.reason,
    )
    const works = await Promise.all(
      [0, 1].map((index) =>
        failure(app.newClient().auth.login.mutate({ ...ada, password: `${newPassword} ${index}` })),
      ),
    )
    expect(works.filter((outcome) => outcome === undefined)).toHaveLength(1)
  })
})
