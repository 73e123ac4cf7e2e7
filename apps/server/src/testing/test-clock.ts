/** A clock that is stopped until a test advances it. */
export interface TestClock {
  /** Milliseconds since 1970 UTC. */
  now(): number
  advance(ms: number): void
}

export function testClock(startMs: number): TestClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    advance: (ms) => {
      nowMs += ms
    },
  }
}
