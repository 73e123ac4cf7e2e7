import type { Ticker } from '@app/router'

/** A pulse that beats when a test says so. */
export interface TestPulse {
  readonly pulse: Ticker
  beat(): void
  /** How many hear it. */
  readonly listeners: number
}

export function testPulse(): TestPulse {
  const beats = new Set<() => void>()
  return {
    pulse: (beat) => {
      const own = () => beat()
      beats.add(own)
      return () => void beats.delete(own)
    },
    beat: () => {
      for (const beat of beats) beat()
    },
    get listeners() {
      return beats.size
    },
  }
}
