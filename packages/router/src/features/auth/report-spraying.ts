import type { Context, Services } from '../../context.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { recordEvent } from '../audit/index.ts'

/**
 * Counts a failed log-in, and writes one event and one warning in a window in which too many accounts failed.
 * @param account a user's id, or the pseudonym of a name that nobody has
 */
export async function reportSpraying(ctx: Context & Pick<Services, 'db'>, account: string): Promise<void> {
  const report = ctx.sprayDetector.failed({ account, address: addressKey(ctx.request.ip) })
  if (report === null) return
  ctx.log.warn({ requestId: ctx.request.id, ...report }, 'password spraying suspected')
  // Many addresses did it: that of the last one would mislead.
  const request = { ...ctx.request, ip: null, userAgent: null }
  const event = { event: 'password-spraying', subject: null, detail: report } as const
  // A failed log-in has no session.
  await ctx.db.writeFromReserve((tx) => recordEvent(tx, { ...ctx, request }, event))
}
