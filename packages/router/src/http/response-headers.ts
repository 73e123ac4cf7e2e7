import { answeredFailure } from './answered-failure.ts'
import type { Context } from '../context.ts'

interface Answered {
  ctx?: Context | undefined
  /** What tRPC is about to send, one entry a call. */
  data: readonly object[]
}

/** The headers that calls cause: cookies, and when to try again. A batch waits as long as its slowest call. */
export function responseHeaders({ ctx, data }: Answered): Headers {
  const headers = new Headers()
  for (const line of ctx?.cookies.outgoing() ?? []) headers.append('set-cookie', line)
  const waits = data
    .map((call) => answeredFailure(call)?.retryAfterSeconds ?? 0)
    .filter((seconds) => seconds > 0)
  if (waits.length > 0) headers.set('retry-after', String(Math.max(...waits)))
  return headers
}
