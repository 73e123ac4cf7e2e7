/**
 * Aborted when the time is over. A timer of the page and not `AbortSignal.timeout`, because tests move the
 * clock of the page.
 */
export function timeLimit(ms: number): AbortSignal {
  const limit = new AbortController()
  setTimeout(() => limit.abort(), ms)
  return limit.signal
}

/**
 * The browser's `fetch`, for as long as an answer may be in coming: a line that swallows everything would
 * keep people waiting for minutes. The answer itself may take longer, over a slow line.
 */
export function fetchWithin(ms: number): typeof fetch {
  return async (input, init) => {
    const limit = new AbortController()
    const timer = setTimeout(() => limit.abort(), ms)
    const signal = init?.signal ? AbortSignal.any([init.signal, limit.signal]) : limit.signal
    try {
      return await fetch(input, { ...init, signal })
    } finally {
      clearTimeout(timer)
    }
  }
}
