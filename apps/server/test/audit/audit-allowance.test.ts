import { rateLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser } from '../support/actors.ts'
import { givePasskey } from '../support/give-passkey.ts'
import { giveToken } from '../support/give-token.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { Credentials } from '../support/raw-call.ts'

const unknownId = '00000000-0000-7000-8000-000000000000'

/** Leaves `left` calls of a day. */
const useUp = (app: TestApp, limit: 'auditedCallsPerUser' | 'adminActionsPerUser', key: string, left = 0) =>
  app.services.rateLimits.consume(limit, key, rateLimits[limit].points - left)

describeOnEach('the allowance of audited calls', (databaseKind) => {
  test('is not used up by calls that fail', async () => {
    await using app = await testApp({ databaseKind })
    const { id: userId, cookie } = await newUser(app)
    const id = await givePasskey(app, userId)
    await useUp(app, 'auditedCallsPerUser', `${userId} passkeys.rename`, 1)
    const rename = async (input: object) => reasonIn(await post(app.url, 'passkeys.rename', input, cookie))
    const failing = [await rename({ id: unknownId, name: 'Key' }), await rename({ id, name: '' })]
    expect(failing).toEqual(['NOT_FOUND', 'INVALID_INPUT'])
    expect([await rename({ id, name: 'Key' }), await rename({ id, name: 'Yek' })]).toEqual([
      undefined,
      'RATE_LIMITED',
    ])
  })

  test('is not used up by exports that wait for others', async () => {
    await using app = await testApp({ databaseKind })
    const { id, cookie } = await newUser(app)
    await useUp(app, 'auditedCallsPerUser', `${id} account.export`, 1)
    const exported = async () => reasonIn(await get(app.url, 'account.export', cookie))
    {
      using _other = app.services.exports.enter(`account ${id}`)
      expect([await exported(), await exported()]).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
    }
    expect([await exported(), await exported()]).toEqual([undefined, 'RATE_LIMITED'])
  })

  test('of an admin is not used up by an access token', async () => {
    await using app = await testApp({ databaseKind, settings: { adminTokens: 'on' } })
    const admin = await newAdmin(app)
    const token = await giveToken(app, admin.id, { scopes: ['users:write'], level: 2 })
    const { id } = await newUser(app)
    const setDisabled = async (disabled: boolean, caller: Credentials) =>
      reasonIn(await post(app.url, 'users.setDisabled', { id, disabled }, caller))
    await useUp(app, 'adminActionsPerUser', `tokens of ${admin.id} users.setDisabled`)
    expect([await setDisabled(true, token), await setDisabled(false, token)]).toEqual([
      undefined,
      'RATE_LIMITED',
    ])
    expect(await setDisabled(false, admin.cookie)).toBeUndefined()
  })

  test('of an admin limits no call that stops an attacker', async () => {
    await using app = await testApp({ databaseKind })
    const admin = await newAdmin(app)
    const attacker = await newAdmin(app)
    const token = await giveToken(app, attacker.id, { scopes: ['account:read'] })
    const stops = {
      'users.revokeToken': { id: token.id },
      'users.revokeSessions': { id: attacker.id },
      'users.setRole': { id: attacker.id, role: 'user' },
      'users.setDisabled': { id: attacker.id, disabled: true },
      'users.remove': { id: attacker.id },
    } as const
    for (const [path, input] of Object.entries(stops)) {
      await useUp(app, 'adminActionsPerUser', `${admin.id} ${path}`)
      expect([path, reasonIn(await post(app.url, path, input, admin.cookie))]).toEqual([path, undefined])
    }
    const { id } = await newUser(app)
    const promote = { id, role: 'admin' }
    expect(reasonIn(await post(app.url, 'users.setRole', promote, admin.cookie))).toBe('RATE_LIMITED')
  })
})
