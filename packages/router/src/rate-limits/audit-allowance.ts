import type { Access } from '../access.ts'
import type { Context } from '../context.ts'
import { fail } from '../failures.ts'

/**
 * Counts a call that writes an audit event, so that no account fills the disk with events. The call is
 * refused and no event is lost. Each procedure of a user counts alone: a stolen session that uses up one
 * leaves the others.
 * @throws RATE_LIMITED
 */
export async function requireAuditAllowance(
  { meter, rateLimits }: Pick<Context, 'meter' | 'rateLimits'>,
  { path, meta }: { path: string; meta: Access | undefined },
): Promise<void> {
  const userId = meter.accountId ?? ''
  const retryAfterSeconds = await (meta?.access === 'user'
    ? rateLimits.consume('auditedCallsPerUser', `${userId} ${path}`)
    : rateLimits.consume('adminActionsPerUser', userId))
  if (retryAfterSeconds > 0) throw fail('RATE_LIMITED', { retryAfterSeconds })
}
