import { expect, test } from 'vitest'
import { describeOnPostgres, lockedRows, openAgain, testDatabase, waitingLocks } from '../../testing/index.ts'
import { issueSecret } from '../one-time-secrets/index.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'
import { insertInvitation } from './store.ts'

// A sign-up and a revocation of one invitation lock its secret and the invitation. In two orders they would
// deadlock. So each waits for the secret, and has not locked the invitation before.

const now = Date.UTC(2026, 0, 1)
const expiresAt = now + 3_600_000
const invitation = {
  id: 'invitation',
  address: null,
  address_key: null,
  address_proved: 0,
  role: 'user',
  created_at: now,
  created_by: null,
  expires_at: expiresAt,
  accepted_at: null,
  accepted_by: null,
  revoked_at: null,
} as const

describeOnPostgres('locks of an invitation', () => {
  test.each(['sign-up', 'revocation'] as const)('a %s locks the secret first', async (kind) => {
    await using database = await testDatabase('postgres')
    await using second = await openAgain(database.url)
    const secret = await database.db.write(async (tx) => {
      await insertInvitation(tx, invitation)
      return issueSecret(tx, { purpose: 'invitation', subject: invitation.id, expiresAt, now })
    })
    const { locked, waiting } = await database.db.write(async (tx) => {
      await tx.selectFrom('one_time_secrets').select('hash').forUpdate().execute()
      const running = second.write<string | boolean | null>((other) =>
        kind === 'sign-up'
          ? acceptInvitation(other, { secret, userId: 'ada', now })
          : revokeInvitation(other, { id: invitation.id, now }),
      )
      await expect.poll(() => waitingLocks(database.url)).toBe(1)
      // In an object, because the transaction would wait for a promise that it returns.
      return { locked: await lockedRows(database.url, 'invitations', 'id'), waiting: { running } }
    })
    expect(locked).toEqual([])
    expect(await waiting.running).toBe(kind === 'sign-up' ? invitation.id : true)
  })
})
