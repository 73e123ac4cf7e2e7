import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { runBeforeNextWrite } from '../support/delay-writes.ts'
import { eventDetails } from '../support/event-details.ts'
import { giveToken } from '../support/give-token.ts'
import { logInByLink, requestReset } from '../support/new-factor-reset.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { giveSecondFactor } from '../support/second-factor.ts'

const newPassword = 'a better battery'

/** What ends the access tokens of a user, and the event that counts them. */
const endings: Record<string, [event: string | null, (app: TestApp, user: CookieActor) => Promise<unknown>]> =
  {
    'the disabling of the user': [
      'disabled',
      async (app, { id }) => (await newAdmin(app)).api.users.setDisabled.mutate({ id, disabled: true }),
    ],
    'the removal of the user': [
      null,
      async (app, { id }) => (await newAdmin(app)).api.users.remove.mutate({ id }),
    ],
    'the closing of the account': [null, (_app, { api }) => api.account.close.mutate()],
    'the recovery of the account': [
      'password-reset',
      async (app, { username }) => {
        const secret = await newRecoverySecret(app, username)
        await app.api.recovery.reset.mutate({ secret, newPassword })
      },
    ],
    'a factor reset': [
      'factors-reset',
      async (app, { id, username }) => {
        await giveSecondFactor(app, id)
        const secret = await requestReset(await newAdmin(app), id)
        app.clock.advance(app.services.settings.factorResetDelayMs)
        expect((await logInByLink(app, secret, { username, password })).failed).toBeUndefined()
      },
    ],
  }

describeOnEach('access tokens: end with', (databaseKind) => {
  test.each(Object.entries(endings))('%s, on every server', async (_name, [event, end]) => {
    await using app = await testApp({ databaseKind })
    await using other = await testApp({ databaseUrl: app.databaseUrl, clock: app.clock })
    const [user, stranger] = [await newUser(app), await newUser(app)]
    const scopes = ['account:read'] as const
    const expiresInMs = 90 * 24 * 3_600_000
    const token = await giveToken(app, user.id, { scopes, expiresInMs })
    const kept = await giveToken(app, stranger.id, { scopes, expiresInMs })
    for (const { url } of [app, other]) expect((await get(url, 'account.me', token)).status).toBe(200)
    await end(app, user)
    for (const { url } of [app, other]) {
      expect(reasonIn(await get(url, 'account.me', token))).toBe('UNAUTHENTICATED')
      expect((await get(url, 'account.me', kept)).status).toBe(200)
    }
    const rows = await app.services.db.read.selectFrom('access_tokens').select('id').execute()
    expect(rows).toEqual([{ id: kept.id }])
    const counted = event === null ? [] : await eventDetails(app, event)
    expect(counted).toMatchObject(event === null ? [] : [{ revokedTokens: 1 }])
  })
})

test('access tokens: stay valid after a change of the password and the end of all sessions', async () => {
  await using app = await testApp()
  const { api, id } = await newUser(app)
  const token = await giveToken(app, id, { scopes: ['account:read'] })
  await api.account.changePassword.mutate({ currentPassword: password, newPassword })
  await (await newAdmin(app)).api.users.revokeSessions.mutate({ id })
  expect((await get(app.url, 'account.me', token)).status).toBe(200)
})

test('access tokens: a change whose token expires before the transaction writes nothing', async () => {
  await using app = await testApp()
  const { api, id } = await newUser(app)
  const { token } = await giveToken(app, id, { scopes: ['account:write'], expiresInMs: 1_000 })
  const rename = async (name: string) =>
    reasonIn(await post(app.url, 'account.updateProfile', { name }, { token }))
  // The first call records the use of the token, which is a write too.
  expect(await rename('Before')).toBeUndefined()
  runBeforeNextWrite(app, async () => app.clock.advance(1_000))
  expect(await rename('After')).toBe('UNAUTHENTICATED')
  expect((await api.account.me.query()).name).toBe('Before')
})
