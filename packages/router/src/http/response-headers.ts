import type { Failure } from '@app/contract'
import type { Context } from '../context.ts'

/**
 * Returns the headers that the calls of a request set: cookies, the longest `Retry-After`, and the challenge
 * to an access token that was not accepted.
 * @param ctx undefined when the request never got a context
 */
export function responseHeaders(
  ctx: Pick<Context, 'cookies' | 'token'> | undefined,
  failures: readonly Failure[],
): Headers {
  const headers = new Headers()
  for (const line of ctx?.cookies.outgoing() ?? []) headers.append('set-cookie', line)
  const seconds = failures.map((failure) => ('retryAfterSeconds' in failure ? failure.retryAfterSeconds : 0))
  const longest = Math.max(0, ...seconds)
  if (longest > 0) headers.set('retry-after', String(longest))
  const challenge = ctx === undefined || ctx.token === null ? null : tokenChallenge(failures)
  if (challenge !== null) headers.set('www-authenticate', challenge)
  return headers
}

/** Returns the `WWW-Authenticate` of failures of a call with an access token (RFC 6750 section 3). */
export function tokenChallenge(failures: readonly Failure[]): string | null {
  for (const failure of failures) {
    if (failure.reason === 'UNAUTHENTICATED') return 'Bearer error="invalid_token"'
    if (failure.reason === 'SCOPE_REQUIRED')
      return `Bearer error="insufficient_scope", scope="${failure.scope}"`
  }
  return null
}
