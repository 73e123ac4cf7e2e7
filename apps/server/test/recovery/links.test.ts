import { linkLifetimesMs } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { addAdmin, password, signUp } from '../support/actors.ts'
import { mutated, seeded } from '../support/mutations.ts'
import { newInvitation } from '../support/new-invitation.ts'
import { newRecoverySecret } from '../support/new-recovery-secret.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { mailedSecret, verifyAddress } from '../support/recovery-mails.ts'

const newPassword = 'a better battery'

/** Texts that are like a secret but are not it. */
function forgeriesOf(secret: string): string[] {
  const random = seeded(7)
  const last = secret.at(-1) ?? ''
  return [
    secret.slice(0, -1),
    secret.slice(1),
    `${secret}A`,
    `${secret}=`,
    ` ${secret}`,
    secret + secret,
    secret.toLowerCase(),
    secret.toUpperCase(),
    // The same 32 bytes: only two bits of the last character count.
    ...Array.from(
      'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
      (end) => secret.slice(0, -1) + end,
    ),
    ...Array.from({ length: 60 }, () => mutated(secret, random)),
    ...Array.from(
      secret,
      (_, at) => secret.slice(0, at) + (secret[at] === 'x' ? 'y' : 'x') + secret.slice(at + 1),
    ),
  ].filter((text) => text !== secret && text !== secret.slice(0, -1) + last)
}

describeOnEach('recovery links', (databaseKind) => {
  test('recovery links: a truncated, altered or doubled secret is rejected and changes nothing', async () => {
    await using app = await testApp({ databaseKind, settings: { limits: 'relaxed' } })
    await signUp(app, 'ada')
    const secret = await newRecoverySecret(app, 'ada')
    const reasons = new Set<string>()
    for (const forgery of forgeriesOf(secret)) {
      reasons.add(reasonIn(await post(app.url, 'recovery.inspect', { secret: forgery })) ?? 'ok')
      reasons.add(reasonIn(await post(app.url, 'recovery.reset', { secret: forgery, newPassword })) ?? 'ok')
    }
    expect([...reasons].toSorted()).toEqual(['INVALID_INPUT', 'LINK_INVALID'])
    await app.newClient().auth.login.mutate({ username: 'ada', password })
    expect((await post(app.url, 'recovery.reset', { secret, newPassword })).status).toBe(200)
  })
})

describe('recovery links', () => {
  test('recovery links: an expired one is deleted when a link of another user is issued', async () => {
    await using app = await testApp()
    await newRecoverySecret(app)
    app.clock.advance(linkLifetimesMs.issuedRecovery)
    await newRecoverySecret(app)
    const rows = await app.services.db.read.selectFrom('one_time_secrets').select('expires_at').execute()
    expect(rows).toEqual([{ expires_at: app.clock.now() + linkLifetimesMs.issuedRecovery }])
  })

  test('recovery links: the secret of an invitation or a session does not reset a password', async () => {
    await using app = await testApp()
    const root = await addAdmin(app, 'root')
    const { secret: invitation } = await newInvitation(app)
    expect(reasonIn(await post(app.url, 'recovery.reset', { secret: invitation, newPassword }))).toBe(
      'LINK_INVALID',
    )
    const recovery = await newRecoverySecret(app, 'root')
    expect(reasonIn(await post(app.url, 'invitations.inspect', { secret: recovery }))).toBe('LINK_INVALID')
    expect(await root.api.account.me.query()).toMatchObject({ username: 'root' })
  })

  test('recovery links: a link opens the account that it was issued for, and no other', async () => {
    await using app = await testApp()
    const ada = await signUp(app, 'ada')
    const eve = await signUp(app, 'eve')
    await verifyAddress(app, eve.id, 'eve@example.org')
    await eve.api.recovery.request.mutate({ identifier: 'eve' })
    const secret = await mailedSecret(app)
    // The session of another user in the same browser neither helps nor ends.
    expect(await ada.api.recovery.reset.mutate({ secret, newPassword })).toMatchObject({ username: 'eve' })
    expect(await ada.api.account.me.query()).toMatchObject({ username: 'ada' })
    await app.newClient().auth.login.mutate({ username: 'ada', password })
  })

  test('recovery links: 120 an hour are opened from one address', async () => {
    await using app = await testApp()
    const statuses = new Map<string | undefined, number>()
    for (let index = 0; index < 121; index += 1) {
      const reason = reasonIn(await post(app.url, 'recovery.inspect', { secret: 'A'.repeat(43) }))
      statuses.set(reason, (statuses.get(reason) ?? 0) + 1)
    }
    expect(Object.fromEntries(statuses)).toEqual({ LINK_INVALID: 120, RATE_LIMITED: 1 })
  })
})
