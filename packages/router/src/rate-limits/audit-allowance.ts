import type { Access } from '../access.ts'
import { accountIdOf } from '../context.ts'
import type { Context } from '../context.ts'
import { fail } from '../failures.ts'

/**
 * Runs a call that leads to an audit event, and counts it if it succeeds, so that no account fills the disk
 * with events. A call beyond the limit is refused, and no event is lost. Each procedure counts alone, and
 * access tokens apart from sessions: a stolen one that uses up an allowance leaves the others.
 * @throws RATE_LIMITED
 */
export async function withAuditAllowance<Result extends { ok: boolean }>(
  { meter, rateLimits, token }: Pick<Context, 'meter' | 'rateLimits' | 'token'>,
  { path, meta }: { path: string; meta: Access | undefined },
  next: () => Promise<Result>,
): Promise<Result> {
  const userId = accountIdOf(meter)
  const limit = meta?.access === 'user' ? 'auditedCallsPerUser' : 'adminActionsPerUser'
  const caller = token === null ? userId : `tokens of ${userId}`
  const reserved = await rateLimits.reserve(limit, `${caller} ${path}`)
  if (typeof reserved === 'number') throw fail('RATE_LIMITED', { retryAfterSeconds: reserved })
  using allowance = reserved
  const result = await next()
  if (result.ok) await allowance.count()
  return result
}
