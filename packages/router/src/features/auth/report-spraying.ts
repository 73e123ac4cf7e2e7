import type { Context, Services } from '../../context.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { recordEvent } from '../audit/index.ts'

/**
 * Counts a failed log-in. Writes one event and one warning for each period in which too many accounts failed.
 * @param account a user's id, or the pseudonym of an unknown name
 */
export async function reportSpraying(ctx: Context & Pick<Services, 'db'>, account: string): Promise<void> {
  const report = ctx.sprayDetector.failed({ account, address: addressKey(ctx.request.ip) })
  if (report === null) return
  ctx.log.warn({ requestId: ctx.request.id, ...report }, 'password spraying suspected')
  // Many addresses took part, so the last one would mislead.
  const request = { ...ctx.request, ip: null, userAgent: null }
  const event = { event: 'password-spraying', subject: null, detail: report } as const
  // A failed log-in has no session.
  await ctx.db.writeFromReserve((tx) => recordEvent(tx, { ...ctx, request }, event))
}
