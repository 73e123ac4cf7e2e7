import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { toInstant } from '../../ports/clock.ts'
import { actingAs, recordEvent } from '../audit/index.ts'
import { endAddressLink } from '../emails/index.ts'
import { deleteAllFactors } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import { consumeSecret, revokeSecrets } from '../one-time-secrets/index.ts'
import { deleteAllSessions } from '../sessions/index.ts'
import { deleteFailuresOf } from '../throttle/index.ts'
import { countOf, deleteAllTokens } from '../tokens/index.ts'
import type { FoundUser } from '../users/index.ts'
import { deleteReset, findReset } from './store.ts'

/**
 * Removes all second factors of a user whose first step of a log-in was right, by the link that was handed
 * over with the reset: the password alone may be stolen. Ends all sessions and access tokens too, and the
 * link of an entered address: one may belong to the finder of the lost factor. Call it with the user locked;
 * what it throws must roll back the transaction.
 * @throws LINK_INVALID, also for the link of another user, and LINK_TOO_EARLY
 */
export async function applyReset(
  tx: Writer,
  ctx: Context,
  { user, secret }: { user: FoundUser; secret: string },
  fail: Fail<'LINK_INVALID' | 'LINK_TOO_EARLY'>,
): Promise<void> {
  const now = ctx.clock()
  // Before the link is used up, because a reset without its link is void.
  const reset = await findReset(tx, { userId: user.id, now })
  const subject = await consumeSecret(tx, { purpose: 'factor-reset', secret, now })
  if (reset === undefined || subject !== user.id) throw fail('LINK_INVALID')
  if (reset.effective_at > now) throw fail('LINK_TOO_EARLY', { worksFrom: toInstant(reset.effective_at) })
  await deleteAllFactors(tx, user.id)
  await deleteFailuresOf(tx, user.id)
  const endedSessions = await deleteAllSessions(tx, { userId: user.id, now })
  const revokedTokens = await deleteAllTokens(tx, { userId: user.id, now })
  await endAddressLink(tx, ctx, user.id)
  const detail = { endedSessions, ...countOf({ revokedTokens }) }
  await recordEvent(tx, actingAs(ctx, user.id), { event: 'factors-reset', subject: user.id, detail })
  await notify(tx, ctx, user, 'factors-reset', {})
}

/**
 * Cancels a requested reset of the user: a factor was used or added, so it is not lost, or the user asked for
 * it.
 */
export async function cancelReset(
  tx: Writer,
  ctx: Context,
  user: { id: string; username: string },
): Promise<void> {
  if ((await findReset(tx, { userId: user.id, now: ctx.clock() })) === undefined) return
  await deleteReset(tx, user.id)
  await revokeSecrets(tx, [user.id], ['factor-reset'])
  const cancelled = { event: 'factor-reset-cancelled', subject: user.id } as const
  await recordEvent(tx, actingAs(ctx, user.id), cancelled)
  await notify(tx, ctx, user, 'factor-reset-cancelled', {})
}
