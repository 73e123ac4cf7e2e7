/** Milliseconds since 1970 UTC. Everything that asks for the time takes one, so that a test can move it. */
export type Clock = () => number

/** An instant as it stands on the wire: ISO 8601, UTC. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString()
}

/** Smaller differences are what time servers correct. */
const leastSetBackMs = 2_000

/** What is set back further was wrong before: its time is taken. */
const longestHeldMs = 24 * 3_600_000

interface SteadyClockOptions {
  wall?: Clock
  /** Milliseconds that never go back. */
  monotonic?: () => number
  /** Called once when the clock was set back, with the milliseconds. */
  onSetBack?: (ms: number) => void
}

/**
 * Creates a clock that goes on when the machine's is set back by up to a day, until that has caught up: a pause
 * after wrong passwords does not end, and a session that was over does not live again.
 */
export function createSteadyClock({
  wall = Date.now,
  monotonic = () => performance.now(),
  onSetBack,
}: SteadyClockOptions = {}): Clock {
  let last = { ms: wall(), at: monotonic() }
  let isHeld = false
  return () => {
    const [read, at] = [wall(), monotonic()]
    const expected = last.ms + at - last.at
    const behindMs = expected - read
    const wasHeld = isHeld
    isHeld = behindMs >= leastSetBackMs && behindMs <= longestHeldMs
    if (isHeld && !wasHeld) onSetBack?.(Math.round(behindMs))
    const isSmall = behindMs > 0 && behindMs < leastSetBackMs
    last = { ms: isHeld ? expected : isSmall ? Math.max(last.ms, read) : read, at }
    return Math.floor(last.ms)
  }
}
