import { timeLimit } from './time-limit.ts'

/** The pause before the first request, and the longest one. */
const firstPauseMs = 2_000
const longestPauseMs = 60_000
/** After so long without a failure on screen the pauses are short again. */
const calmMs = 120_000

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
 * Calls back when the server answers again, for failures on screen. One HEAD request serves all of them:
 * after 2 seconds, then after twice the pause, up to 60 seconds; at once on `online`, `focus` and when the
 * page becomes visible; never while it is hidden. What fails again after the return keeps the long pauses.
 * @param notBefore the time that the server has asked to wait for, in milliseconds since 1970
 * @returns how to stop waiting
 */
export function onServerReturn(onReturn: () => unknown, notBefore = 0): () => void {
  const entry = { notBefore, onReturn }
  if (waiting.size === 0) {
    if (Date.now() - lastWaitEndedAt > calmMs) pauses = 0
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
  // Tabs that lost the same server must not all ask at the same time.
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
 * Whether a call makes sense. While its database is away the server answers 503, and every call would fail
 * again. Another answer may be that of a proxy that keeps this address to itself: the call finds out.
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
