import { ExistingUsername } from '@latchkey/contract'

import { attempt, type Outcome } from '../../attempt.ts'
import type { Services } from '../../context.ts'
import { bySystem, recordEvent } from '../audit/index.ts'
import { forgive } from '../throttle/index.ts'
import { findUserByUsername } from '../users/index.ts'

/**
 * Opens an account again to log-ins from unknown devices after too many failures in a row. What known devices and signed-in
 * sessions have counted runs out by itself within the hour.
 */
export function unlockAccount(
  { db, clock, buckets }: Services,
  typedUsername: string,
): Promise<Outcome<{ username: string }, 'NOT_FOUND'>> {
  return attempt(['NOT_FOUND'], async (fail) => {
    const username = ExistingUsername.safeParse(typedUsername)
    const user = username.success ? await findUserByUsername(db.read, username.data) : undefined
    if (user === undefined) throw fail('NOT_FOUND')
    await db.writeFromReserve(async (tx) => {
      await forgive(tx, [buckets.account(user.id)])
      const event = { event: 'account-unlocked', subject: user.id } as const
      await recordEvent(tx, { clock, ...bySystem }, event)
    })
    return { username: user.username }
  })
}
