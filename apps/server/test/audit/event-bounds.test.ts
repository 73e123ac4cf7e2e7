import { auditEvents, rateLimits } from '@app/contract'
import type { AuditEventName } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import { eventsOf } from '../support/audit-rows.ts'
import { givePasskey } from '../support/give-passkey.ts'
import type { Path } from '../support/procedure-types.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { validInput } from '../support/valid-inputs.ts'

// Events are kept for 180 days. One account that renamed a passkey in a loop wrote 200 MB of them a day.

/** Names of limits, and short reasons. Other tests show that a limit holds; see every-limit.test.ts. */
type Bounds = readonly (keyof typeof rateLimits | `the ${string}`)[]

/** What limits the events of a procedure without `audited`, which limits its calls. */
const bounds: { [P in Path]?: Bounds } = {
  'auth.signup': ['signupsPerAddress'],
  'auth.identitySignup': ['signupsPerAddress'],
  'auth.login': ['passwordLoginsPerAccount'],
  'auth.secondFactor': ['the log-ins before'],
  'auth.passkeyLogin': ['passwordlessLoginsPerAccount'],
  'auth.elevate': ['confirmationsPerSession'],
  'account.changePassword': ['confirmationsPerSession'],
  'auth.logout': ['the log-ins before'],
  'sessions.revoke': ['the log-ins before'],
  'sessions.revokeOthers': ['the log-ins before'],
  'auth.completeFactorReset': ['the resets that admins requested'],
  'account.cancelFactorReset': ['the resets that admins requested'],
  'account.close': ['the sign-ups before'],
  'email.verify': ['mailRequestsPerAccount'],
  'email.remove': ['the addresses entered before'],
  'identities.unlink': ['the identities linked before'],
  'tokens.revoke': ['the tokens created before'],
  'passkeys.remove': ['the passkeys added before'],
  'totp.confirm': ['the calls of totp.enroll before'],
  'totp.remove': ['the calls of totp.enroll before'],
  'recovery.reset': ['the mails that were sent', 'the links that admins issued'],
  // For a higher role; a lower one undoes that.
  'users.setRole': ['adminActionsPerUser'],
  // To enable a user; to disable one undoes that.
  'users.setDisabled': ['adminActionsPerUser'],
  'users.revokeSessions': ['the log-ins of the user before'],
  'users.revokeToken': ['the tokens created before'],
  'users.remove': ['the sign-ups before'],
  'invitations.create': ['invitationsPerUser'],
  'invitations.revoke': ['the invitations created before'],
}

/**
 * What limits the events that no call of the first test records: most are of failures. The test requires one
 * key for each event, and does not search for all places that record the event.
 */
const boundsOfOtherEvents: { [E in AuditEventName]?: Bounds } = {
  'account-created': ['the commands of an operator'],
  'account-unlocked': ['the commands of an operator'],
  // By password, by passkey, and by the outside identity of a disabled user.
  'login-failed': [
    'the pauses after wrong passwords',
    'passkeyFailuresPerAddress',
    'passwordlessLoginsPerAccount',
  ],
  'elevation-failed': ['the pauses after wrong passwords', 'auditedCallsPerUser'],
  'password-change-failed': ['the pauses after wrong passwords'],
  'password-limited': ['the pauses themselves'],
  'password-spraying': ['the period of the detector'],
  'second-factor-asked': ['passwordLoginsPerAccount', 'passwordlessLoginsPerAccount'],
  'second-factor-failed': ['the pauses after wrong proofs', 'the calls of totp.enroll before'],
  'second-factor-limited': ['the pauses themselves'],
  'passkey-cloned': ['passkeyLoginsPerAddress', 'the pauses after wrong proofs'],
  'recovery-requested': ['mailRequestsPerAddress'],
  'invitation-accepted': ['the invitations created before'],
  'identity-linked': ['auditedCallsPerUser'],
  'identity-link-failed': ['auditedCallsPerUser'],
  'factor-reset-cancelled': ['the resets that admins requested'],
  enabled: ['adminActionsPerUser'],
}

test('event bounds: each procedure that records an event, and each other event, has a named limit', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const unlimited: string[] = []
  const statuses: [string, number][] = []
  const recorded = new Set<string>()
  for (const path of paths) {
    const caller = await newAdmin(app)
    const input = await validInput(path, { app, caller, owner: caller })
    const events = await eventsOf(app, async () => {
      statuses.push([path, (await call(app.url, path, input, caller.cookie)).status])
    })
    for (const event of events) recorded.add(event)
    // Sound: tRPC's type of a procedure has the meta of the root.
    const { audited = false } = procedures[path]._def.meta as { audited?: boolean }
    if (events.length > 0 && !audited && bounds[path] === undefined) unlimited.push(path)
  }
  expect(statuses.filter(([, status]) => status !== 200)).toEqual([])
  expect(unlimited).toEqual([])
  const otherEvents = auditEvents.filter((event) => !recorded.has(event))
  expect(Object.keys(boundsOfOtherEvents).toSorted()).toEqual(otherEvents.toSorted())
})

describeOnEach('event bounds', (databaseKind) => {
  test('a user renames a passkey 50 times a day, each an event, and the same name is none', async () => {
    await using app = await testApp({ databaseKind })
    const { id: userId, cookie } = await newUser(app)
    const id = await givePasskey(app, userId)
    const reasons: (string | undefined)[] = []
    const rename = async (name: string) => {
      reasons.push(reasonIn(await post(app.url, 'passkeys.rename', { id, name }, cookie)))
    }
    const events = await eventsOf(app, async () => {
      for (const name of ['A passkey', 'A passkey']) await rename(name)
      for (let count = 0; count < 60; count += 1) await rename(`Key ${count % 2}`)
    })
    const { points } = rateLimits.auditedCallsPerUser
    expect(reasons.filter((reason) => reason === undefined)).toHaveLength(points)
    expect(new Set(reasons.slice(points))).toEqual(new Set(['RATE_LIMITED']))
    expect(events).toHaveLength(points - 2)
    // A stolen session that uses up one allowance leaves the others.
    const create = { name: 'Backup', scopes: ['account:read'] }
    expect(reasonIn(await post(app.url, 'tokens.create', create, cookie))).toBeUndefined()
  })

  test('of right passwords are at most 70 an hour without a known device; wrong ones do not count', async () => {
    await using app = await testApp({ databaseKind })
    const { id, username } = await newUser(app)
    const { cookies } = await post(app.url, 'auth.login', { username, password })
    const device = cookies.at(-1) ?? ''
    const { rateLimits: limits } = app.services
    const left = 2
    await limits.consume(
      'passwordLoginsWithoutDevicePerAccount',
      id,
      rateLimits.passwordLoginsWithoutDevicePerAccount.points - 1 - left,
    )
    const logIn = async (typed = password, cookie?: string) =>
      reasonIn(await post(app.url, 'auth.login', { username, password: typed }, cookie))
    for (let count = 0; count < 3; count += 1) expect(await logIn('wrong')).toBe('INVALID_CREDENTIALS')
    const events = await eventsOf(app, async () => {
      expect([await logIn(), await logIn(), await logIn()]).toEqual([undefined, undefined, 'RATE_LIMITED'])
    })
    expect(events).toEqual(['login', 'login'])
    // The right password of a known browser still counts for the account only.
    expect(await logIn(password, device)).toBeUndefined()
    const { points } = rateLimits.passwordLoginsPerAccount
    await limits.consume('passwordLoginsPerAccount', id, points - 4)
    expect(await logIn(password, device)).toBe('RATE_LIMITED')
  })
})
