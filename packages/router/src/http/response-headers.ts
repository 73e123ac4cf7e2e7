import type { Failure } from '@app/contract'
import type { Context } from '../context.ts'

/**
 * Returns the headers that the calls of a request set: cookies, and the longest `Retry-After`.
 * @param ctx undefined when the request never got a context
 */
export function responseHeaders(
  ctx: Pick<Context, 'cookies'> | undefined,
  failures: readonly Failure[],
): Headers {
  const headers = new Headers()
  for (const line of ctx?.cookies.outgoing() ?? []) headers.append('set-cookie', line)
  const seconds = failures.map((failure) => ('retryAfterSeconds' in failure ? failure.retryAfterSeconds : 0))
  const longest = Math.max(0, ...seconds)
  if (longest > 0) headers.set('retry-after', String(longest))
  return headers
}
