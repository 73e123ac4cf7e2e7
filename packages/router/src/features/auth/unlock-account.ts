import { ExistingUsername } from '@app/contract'
import { catchFailures } from '../../catch-failures.ts'
import type { Outcome } from '../../catch-failures.ts'
import type { Services } from '../../context.ts'
import { systemActor, recordEvent } from '../audit/index.ts'
import { endLockouts } from '../passwords/index.ts'
import { findUserByUsername } from '../users/index.ts'

/** Clears all counts of failures of an account, which ends a lockout, also for unknown devices. */
export function unlockAccount(
  services: Services,
  typedUsername: string,
): Promise<Outcome<{ username: string }, 'NOT_FOUND'>> {
  const { db, clock } = services
  return catchFailures(['NOT_FOUND'], async (fail) => {
    const username = ExistingUsername.safeParse(typedUsername)
    const user = username.success ? await findUserByUsername(db.read, username.data) : undefined
    if (user === undefined) throw fail('NOT_FOUND')
    await db.writeFromReserve(async (tx) => {
      await endLockouts(tx, services, user.id)
      const event = { event: 'account-unlocked', subject: user.id } as const
      await recordEvent(tx, { clock, ...systemActor }, event)
    })
    return { username: user.username }
  })
}
