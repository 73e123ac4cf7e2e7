/** Milliseconds since 1970 UTC. Everything that asks for the time takes one, so that a test can move it. */
export type Clock = () => number

/** An instant as it stands on the wire: ISO 8601, UTC. */
export function toInstant(ms: number): string {
  return new Date(ms).toISOString()
}

/** The two clocks of a machine, in milliseconds. */
export interface MachineClock {
  /** Since 1970 UTC. An operator or a time server may set it. */
  wall: Clock
  /** Never goes back, and is never set. */
  monotonic: () => number
}

export const systemClock: MachineClock = { wall: Date.now, monotonic: () => performance.now() }

/** Smaller differences are what time servers correct. */
const smallestSetBackMs = 2_000

/** What is set back further was wrong before: its time is taken. */
export const largestSetBackMs = 24 * 3_600_000

/** The pace while the machine's clock is behind: an hour is caught up in ten. */
const slewedPace = 0.9

const reportedJumpMs = 3_600_000

interface SteadyClockOptions {
  machine?: MachineClock
  /** The newest time that an earlier process has written. Default: unknown. */
  newestMs?: number | undefined
  /** Called once for each time that the clock was set back, with the milliseconds. */
  onSetBack?: (ms: number) => void
  /**
   * Called when the clock was set ahead by an hour and more, or the machine has slept, with the milliseconds.
   */
  onSetAhead?: (ms: number) => void
}

/**
 * Creates a clock that goes on from its own time, a tenth slower, while the machine's is up to a day behind.
 * So a pause after wrong passwords does not end early, an expired session stays expired, and a time that was
 * wrong by hours is corrected without an operator.
 */
export function createSteadyClock({
  machine = systemClock,
  newestMs = 0,
  onSetBack,
  onSetAhead,
}: SteadyClockOptions = {}): Clock {
  const startMs = machine.wall()
  let last = { ms: isSetBack(newestMs - startMs) ? newestMs : startMs, at: machine.monotonic() }
  let isSlewing = false
  return () => {
    const [read, at] = [machine.wall(), machine.monotonic()]
    const passedMs = at - last.at
    const behindMs = last.ms + passedMs - read
    const wasSlewing = isSlewing
    isSlewing = isSetBack(behindMs)
    if (isSlewing && !wasSlewing) onSetBack?.(Math.round(behindMs))
    if (-behindMs >= reportedJumpMs) onSetAhead?.(Math.round(-behindMs))
    const isSmall = behindMs > 0 && behindMs < smallestSetBackMs
    const ownMs = isSlewing ? last.ms + passedMs * slewedPace : isSmall ? last.ms : read
    last = { ms: Math.max(ownMs, read), at }
    return Math.floor(last.ms)
  }
}

function isSetBack(behindMs: number): boolean {
  return behindMs >= smallestSetBackMs && behindMs <= largestSetBackMs
}
