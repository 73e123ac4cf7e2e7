/** What a key has used of its allowance, and how long its window is still open. */
interface Consumption {
  consumedPoints: number
  msBeforeNext: number
}

/** Counts events by key, in windows that the first event of each opens. */
export interface BoundedLimiter {
  readonly points: number
  /** Counts one event, or something that costs as much as several. */
  penalty(key: string, points?: number): Promise<Consumption>
  /** Asks without counting; null where no window is open. */
  get(key: string): Promise<Consumption | null>
}

interface LimiterOptions {
  points: number
  windowMs: number
  /** Milliseconds that never go back. */
  now: () => number
}

/** So many keys have a window of their own, and as many networks: 30 MB when all are there. */
const mostKeys = 100_000

/**
 * A flood from ever new addresses finds no memory without end: a key beyond the bound is counted with its
 * network, and when there are too many of those, with all others that are left over. Whoever is counted
 * already stays where they are until that window ends, so a flood takes nobody's allowance who was there
 * before, and gives nobody a new one.
 */
export function createBoundedLimiter({ points, windowMs, now }: LimiterOptions): BoundedLimiter {
  const [own, ofNetworks] = [createWindows(windowMs, mostKeys), createWindows(windowMs, mostKeys)]
  let leftOver = { count: 0, endsAtMs: -Infinity }
  const find = (key: string, nowMs: number) =>
    own.find(key, nowMs) ??
    ofNetworks.find(networkOf(key), nowMs) ??
    (leftOver.endsAtMs > nowMs ? leftOver : undefined)
  const open = (key: string, nowMs: number) =>
    own.open(key, nowMs) ??
    ofNetworks.open(networkOf(key), nowMs) ??
    (leftOver = { count: 0, endsAtMs: nowMs + windowMs })
  const consumption = ({ count, endsAtMs }: Window, nowMs: number) => ({
    consumedPoints: count,
    msBeforeNext: endsAtMs - nowMs,
  })
  return {
    points,
    penalty: async (key, cost = 1) => {
      const nowMs = now()
      const window = find(key, nowMs) ?? open(key, nowMs)
      window.count += cost
      return consumption(window, nowMs)
    },
    get: async (key) => {
      const nowMs = now()
      const window = find(key, nowMs)
      return window === undefined ? null : consumption(window, nowMs)
    },
  }
}

/** The /48 of an IPv6 address's /64, the /24 of an IPv4 address; other keys have no network. */
export function networkOf(key: string): string {
  return key.replace(/[.:][^.:]*$/, '')
}

interface Window {
  count: number
  readonly endsAtMs: number
}

const sweepEveryMs = 1_000

/** Without timers: what is over is passed over, and removed by one of the next that are opened. */
function createWindows(windowMs: number, most: number) {
  /** All are equally long and a Map keeps the order of insertion, so the first one is the first to end. */
  const windows = new Map<string, Window>()
  let sweptAtMs = -Infinity
  // Not each time: a Map walks over all that was removed from its front since it was last laid out anew.
  const sweep = (nowMs: number) => {
    if (nowMs - sweptAtMs < sweepEveryMs) return
    sweptAtMs = nowMs
    for (const [oldest, { endsAtMs }] of windows) {
      if (endsAtMs > nowMs) break
      windows.delete(oldest)
    }
  }
  return {
    find: (key: string, nowMs: number): Window | undefined => {
      const window = windows.get(key)
      return window !== undefined && window.endsAtMs > nowMs ? window : undefined
    },
    open: (key: string, nowMs: number): Window | undefined => {
      sweep(nowMs)
      windows.delete(key)
      if (windows.size >= most) return undefined
      const window = { count: 0, endsAtMs: nowMs + windowMs }
      windows.set(key, window)
      return window
    },
  }
}
