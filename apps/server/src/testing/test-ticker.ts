import type { Ticker } from '@app/router'

/** A ticker that a test ticks. */
export interface TestTicker {
  readonly ticker: Ticker
  tick(): void
  /** How many functions are called at each tick. */
  readonly listeners: number
}

export function testTicker(): TestTicker {
  const ticks = new Set<() => void>()
  return {
    ticker: (tick) => {
      const own = () => tick()
      ticks.add(own)
      return () => void ticks.delete(own)
    },
    tick: () => {
      for (const tick of ticks) tick()
    },
    get listeners() {
      return ticks.size
    },
  }
}
