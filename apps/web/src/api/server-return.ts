import { timeLimit } from './time-limit.ts'

/** The first and the longest pause between requests. */
const firstPauseMs = 2_000
const longestPauseMs = 60_000
/** After this time without a failure on screen the pauses are reset. */
const resetAfterMs = 120_000

interface Waiting {
  /** Earliest time of the callback, in milliseconds since 1970. */
  notBefore: number
  onReturn: () => unknown
}

const waiting = new Set<Waiting>()
let timer: ReturnType<typeof setTimeout> | undefined
let pauses = 0
let lastWaitEndedAt = 0
let isAsking = false

/**
 * Calls back when the server answers again, for failures on screen. All of them share one HEAD request. It is
 * sent after 2 seconds, then after doubled pauses of at most 60 seconds. It is sent immediately on `online`,
 * `focus` and when the page becomes visible, never while the page is hidden. If the retry fails, the pauses
 * are not reset.
 * @param notBefore the end of the wait that the server asked for, in milliseconds since 1970
 * @returns a function that stops waiting
 */
export function onServerReturn(onReturn: () => unknown, notBefore = 0): () => void {
  const entry = { notBefore, onReturn }
  if (waiting.size === 0) {
    if (Date.now() - lastWaitEndedAt > resetAfterMs) pauses = 0
    window.addEventListener('online', askNow)
    window.addEventListener('focus', askNow)
    document.addEventListener('visibilitychange', askNow)
  }
  waiting.add(entry)
  schedule()
  return () => {
    waiting.delete(entry)
    if (waiting.size > 0) return
    lastWaitEndedAt = Date.now()
    clearTimeout(timer)
    timer = undefined
    window.removeEventListener('online', askNow)
    window.removeEventListener('focus', askNow)
    document.removeEventListener('visibilitychange', askNow)
  }
}

function schedule(): void {
  if (timer !== undefined || isAsking || waiting.size === 0) return
  const pause = Math.min(firstPauseMs * 2 ** pauses, longestPauseMs)
  // The spread prevents that all tabs send their request at the same time.
  const spread = pause * (0.75 + Math.random() / 2)
  const patience = Math.min(...[...waiting].map(({ notBefore }) => notBefore)) - Date.now()
  timer = setTimeout(() => void ask(), Math.max(spread, patience))
}

function askNow(): void {
  clearTimeout(timer)
  void ask()
}

async function ask(): Promise<void> {
  timer = undefined
  if (isAsking || document.visibilityState === 'hidden') return
  isAsking = true
  const isBack = await isServerReady()
  isAsking = false
  pauses += 1
  if (isBack) {
    const now = Date.now()
    for (const { notBefore, onReturn } of waiting) if (notBefore <= now) onReturn()
  }
  schedule()
}

/**
 * Returns whether a retry may succeed. A server without its database answers 503. Any other response may come
 * from a proxy that blocks this address: then the retry finds out.
 */
async function isServerReady(): Promise<boolean> {
  try {
    const { status } = await fetch('/readyz', {
      method: 'HEAD',
      cache: 'no-store',
      signal: timeLimit(10_000),
    })
    return status < 500
  } catch {
    return false
  }
}
