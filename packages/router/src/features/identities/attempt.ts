import type { Context } from '../../context.ts'
import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import type { AttemptPurpose } from './attempt-cookie.ts'
import type { ProviderFailureReason } from './provider/provider-failure.ts'
import { newAttemptSecrets } from './provider/providers.ts'
import type { Provider } from './provider/providers.ts'

type AttemptDeps = Pick<Context, 'attemptCookie' | 'cookies' | 'clock' | 'request'>

/** Counts one start or end of an attempt. @returns 0, or after how many seconds to retry */
export async function countAttempt({ rateLimits, request }: Pick<Context, 'rateLimits' | 'request'>) {
  const address = addressKey(request.ip)
  return (
    (await rateLimits.consume('identityAttemptsPerAddress', address)) ||
    (await rateLimits.consume('identityAttemptsPerNetwork', networkOf(address)))
  )
}

/**
 * Begins an attempt in this browser. It replaces an attempt that has not ended.
 * @returns the address at the provider
 */
export async function startAttempt(
  { attemptCookie, cookies, clock, request }: AttemptDeps,
  provider: Provider,
  { purpose, redirectTo }: { purpose: AttemptPurpose; redirectTo: string },
): Promise<{ reason: null; url: string } | { reason: ProviderFailureReason }> {
  const secrets = newAttemptSecrets()
  const isFresh = purpose.kind === 'elevate'
  const answer = await provider.authorizationUrl({ ...secrets, isFresh }, request.id)
  if (answer.reason === null) {
    const startedAt = clock()
    const attempt = { provider: provider.name, ...secrets, purpose, startedAt, redirectTo }
    attemptCookie.write(cookies, attempt, startedAt)
  }
  return answer
}
