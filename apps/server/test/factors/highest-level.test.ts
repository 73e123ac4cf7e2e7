import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser, password, signUp } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { delayVerifications } from '../support/delay-verifications.ts'
import { failure } from '../support/raw-call.ts'
import { giveSecondFactor } from '../support/second-factor.ts'
import { serverPair } from '../support/server-pair.ts'

const newPassword = 'a better battery'
const refused = { reason: 'REAUTH_REQUIRED', methods: ['otp', 'recovery'] }

describeOnEach('a session at level 1 of an account with a second factor', (databaseKind) => {
  test.each(['right', 'wrong'])('cannot change the password with the %s one', async (kind) => {
    await using app = await testApp({ databaseKind })
    const { id, api } = await signUp(app, 'ada')
    const code = await giveSecondFactor(app, id)
    const currentPassword = kind === 'right' ? password : 'wrong'
    const written = await eventsOf(app, async () => {
      expect(await failure(api.account.changePassword.mutate({ currentPassword, newPassword }))).toEqual(
        refused,
      )
    })
    expect(written).toEqual([])
    expect(await app.newClient().auth.login.mutate({ username: 'ada', password })).toMatchObject({
      status: 'second-factor',
    })

    await api.auth.elevate.mutate({ method: 'recovery', code })
    expect(
      await failure(api.account.changePassword.mutate({ currentPassword: password, newPassword })),
    ).toBeUndefined()
  })

  test.each(['right', 'wrong'])('cannot be confirmed by the %s password', async (kind) => {
    await using app = await testApp({ databaseKind })
    const { id, api } = await signUp(app, 'ada')
    const code = await giveSecondFactor(app, id)
    const proof = { password: kind === 'right' ? password : 'wrong' }
    const written = await eventsOf(app, async () => {
      expect(await failure(api.auth.elevate.mutate(proof))).toEqual(refused)
    })
    expect(written).toEqual([])
    await api.auth.elevate.mutate({ method: 'recovery', code })
    expect(await failure(api.auth.elevate.mutate({ password }))).toBeUndefined()
  })

  test('cannot use a password that was verified before the second factor was added', async () => {
    await using servers = await serverPair(databaseKind)
    const users = [await newUser(servers.first), await newUser(servers.first)] as const
    const verifications = delayVerifications(servers, 2)
    const calls = [
      failure(users[0].api.auth.elevate.mutate({ password })),
      failure(users[1].api.account.changePassword.mutate({ currentPassword: password, newPassword })),
    ]
    await verifications.allDelayed
    for (const { id } of users) await giveSecondFactor(servers.first, id)
    verifications.release()
    expect(await Promise.all(calls)).toEqual([refused, refused])
  })
})
