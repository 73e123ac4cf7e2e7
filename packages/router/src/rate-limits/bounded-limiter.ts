/** How much of its limit a key has used, and when its window ends. */
export interface Consumption {
  consumedPoints: number
  msBeforeNext: number
}

/** Counts events by key in fixed windows, which the first event opens. */
export interface BoundedLimiter {
  readonly points: number
  /** Counts one event, or a cost of several points. */
  penalty(key: string, points?: number): Consumption
  /** Returns the count without counting; null when no window is open. */
  get(key: string): Consumption | null
}

interface LimiterOptions {
  points: number
  windowMs: number
  /** Milliseconds that never decrease. */
  now: () => number
}

/** The maximum of keys, and of networks, with a counter of their own: 30 MB in total. */
const maxKeys = 100_000

/**
 * Creates a limiter with bounded memory. Beyond 100,000 keys a new key shares the counter of its network;
 * beyond 100,000 networks the rest share one. A key stays in its counter until the window ends, so a flood of
 * new addresses neither uses up nor resets the limit of an earlier key.
 */
export function createBoundedLimiter({ points, windowMs, now }: LimiterOptions): BoundedLimiter {
  const [own, ofNetworks] = [createWindows(windowMs, maxKeys), createWindows(windowMs, maxKeys)]
  let rest = { count: 0, endsAtMs: -Infinity }
  const find = (key: string, nowMs: number) =>
    own.find(key, nowMs) ??
    ofNetworks.find(networkOf(key), nowMs) ??
    (rest.endsAtMs > nowMs ? rest : undefined)
  const open = (key: string, nowMs: number) =>
    own.open(key, nowMs) ??
    ofNetworks.open(networkOf(key), nowMs) ??
    (rest = { count: 0, endsAtMs: nowMs + windowMs })
  const consumption = ({ count, endsAtMs }: Window, nowMs: number) => ({
    consumedPoints: count,
    msBeforeNext: endsAtMs - nowMs,
  })
  return {
    points,
    penalty: (key, cost = 1) => {
      const nowMs = now()
      const window = find(key, nowMs) ?? open(key, nowMs)
      window.count += cost
      return consumption(window, nowMs)
    },
    get: (key) => {
      const nowMs = now()
      const window = find(key, nowMs)
      return window === undefined ? null : consumption(window, nowMs)
    },
  }
}

/**
 * Returns the network of an address key: the /48 of an IPv6 /64, the /24 of an IPv4 address. Other keys are
 * returned unchanged.
 */
export function networkOf(key: string): string {
  return key.replace(/[.:][^.:]*$/, '')
}

interface Window {
  count: number
  readonly endsAtMs: number
}

const sweepEveryMs = 1_000

/** Creates windows without timers: ended ones are ignored, and deleted when later ones open. */
function createWindows(windowMs: number, max: number) {
  /** All are equally long, and a Map keeps the order of insertion, so the first one ends first. */
  const windows = new Map<string, Window>()
  let sweptAtMs = -Infinity
  // Not in each call, because iterating a Map also passes entries that were deleted from its front.
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
      if (windows.size >= max) return undefined
      const window = { count: 0, endsAtMs: nowMs + windowMs }
      windows.set(key, window)
      return window
    },
  }
}
