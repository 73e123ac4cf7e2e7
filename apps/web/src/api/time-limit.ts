import { takeEarlyResponse } from '../early-calls/take-early-response.ts'

/**
 * Returns a signal that aborts after a time. Uses a timer, not `AbortSignal.timeout`, because tests move the
 * clock of the page.
 */
export function timeLimit(ms: number): AbortSignal {
  const limit = new AbortController()
  setTimeout(() => limit.abort(), ms)
  return limit.signal
}

/**
 * Returns a `fetch` that fails when no response headers arrive in time. A dead connection would make users
 * wait for minutes. The body may take longer, for slow connections.
 */
export function fetchWithin(ms: number): typeof fetch {
  return async (input, init) => {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), ms)
    const signal = init?.signal ? AbortSignal.any([init.signal, limit.signal]) : limit.signal
    try {
      return await (takeEarlyResponse(input, signal) ?? fetch(input, { ...init, signal }))
    } finally {
      clearTimeout(timer)
    }
  }
}
