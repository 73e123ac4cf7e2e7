/**
 * Returns milliseconds since 1970 UTC. All code that needs the time takes a clock, so that tests can set it.
 */
export type Clock = () => number

/** Formats an instant for a response: ISO 8601, UTC. Null stays null. */
export function toInstant(ms: number): string
export function toInstant(ms: number | null): string | null
export function toInstant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}

/** The two clocks of a machine, in milliseconds. */
export interface MachineClock {
  /** Milliseconds since 1970 UTC. An operator or a time server may set it. */
  wall: Clock
  /** Never decreases, and cannot be set. */
  monotonic: () => number
}

export const systemClock: MachineClock = { wall: Date.now, monotonic: () => performance.now() }

/** Time servers cause smaller differences; they are not reported. */
const smallestSetBackMs = 2_000

/** A clock that was set back by more was wrong before, so its new time is used. */
export const largestSetBackMs = 24 * 3_600_000

/** The pace while the machine's clock is behind: the clocks converge by an hour in ten hours. */
const slewedPace = 0.9

const reportedJumpMs = 3_600_000

interface SteadyClockOptions {
  machine?: MachineClock
  /** The newest time that an earlier process has written. Default: unknown. */
  newestMs?: number | undefined
  /** Called each time the clock was set back, with the milliseconds. */
  onSetBack?: (ms: number) => void
  /**
   * Called when the clock was set ahead by an hour or more, or the machine was suspended, with the
   * milliseconds.
   */
  onSetAhead?: (ms: number) => void
}

/**
 * Creates a clock that continues from its own time, a tenth slower, while the machine's clock is up to a day
 * behind. So a pause after wrong passwords does not end early, an expired session stays expired, and a clock
 * that was hours ahead is corrected without an operator.
 */
export function createSteadyClock({
  machine = systemClock,
  newestMs = 0,
  onSetBack,
  onSetAhead,
}: SteadyClockOptions = {}): Clock {
  const startMs = machine.wall()
  // Changed in place: every call reads the clock several times.
  const last = { ms: isSetBack(newestMs - startMs) ? newestMs : startMs, at: machine.monotonic() }
  let isSlewing = false
  return () => {
    const read = machine.wall()
    const at = machine.monotonic()
    const passedMs = at - last.at
    const behindMs = last.ms + passedMs - read
    const wasSlewing = isSlewing
    isSlewing = isSetBack(behindMs)
    if (isSlewing && !wasSlewing) onSetBack?.(Math.round(behindMs))
    if (-behindMs >= reportedJumpMs) onSetAhead?.(Math.round(-behindMs))
    const isSmall = behindMs > 0 && behindMs < smallestSetBackMs
    const ownMs = isSlewing ? last.ms + passedMs * slewedPace : isSmall ? last.ms : read
    last.ms = Math.max(ownMs, read)
    last.at = at
    return Math.floor(last.ms)
  }
}

function isSetBack(behindMs: number): boolean {
  return behindMs >= smallestSetBackMs && behindMs <= largestSetBackMs
}
