import { beforeEach, expect, test, vi } from 'vitest'
import { createSpreadTicker } from './spread-ticker.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate', 'performance'] })
  return () => vi.useRealTimers()
})

/** Starts a listener. @returns the times of its ticks */
function listen(ticker: ReturnType<typeof createSpreadTicker>) {
  const times: number[] = []
  const stop = ticker(() => void times.push(performance.now()))
  return { times, stop }
}

test('spread ticker: each listener ticks at the interval from its own beginning', () => {
  const ticker = createSpreadTicker(1_000)
  const first = listen(ticker)
  vi.advanceTimersByTime(400)
  const second = listen(ticker)
  vi.advanceTimersByTime(3_000)
  expect(first.times).toEqual([1_000, 2_000, 3_000])
  expect(second.times).toEqual([1_400, 2_400, 3_400])
})

test('spread ticker: a listener that stopped does not tick, and one that begins later does', () => {
  const ticker = createSpreadTicker(1_000)
  const stopped = listen(ticker)
  stopped.stop()
  stopped.stop()
  vi.advanceTimersByTime(5_000)
  const later = listen(ticker)
  vi.advanceTimersByTime(1_000)
  expect([stopped.times, later.times]).toEqual([[], [6_000]])
  later.stop()
  vi.advanceTimersByTime(5_000)
  expect(vi.getTimerCount()).toBe(0)
})

test('spread ticker: what is due at the same time leaves the event loop between groups', () => {
  const ticker = createSpreadTicker(1_000)
  const listeners = Array.from({ length: 100 }, () => listen(ticker))
  const ticked = () => listeners.filter(({ times }) => times.length > 0).length
  const perTurn: number[] = []
  vi.advanceTimersByTime(990)
  while (ticked() < listeners.length) {
    const before = ticked()
    vi.advanceTimersToNextTimer()
    perTurn.push(ticked() - before)
  }
  expect(Math.max(...perTurn)).toBeLessThanOrEqual(8)
  vi.advanceTimersByTime(20)
  expect(listeners.every(({ times }) => times.length === 1)).toBe(true)
})

test('spread ticker: after a pause of the process each listener ticks once, then at its own times', () => {
  const ticker = createSpreadTicker(1_000)
  const listeners = Array.from({ length: 20 }, () => {
    const listener = listen(ticker)
    vi.advanceTimersByTime(20)
    return listener
  })
  const now = performance.now.bind(performance)
  using _paused = vi.spyOn(performance, 'now').mockImplementation(() => now() + 5_000)
  // The timer that was set for 1,000 runs at 6,000.
  vi.advanceTimersByTime(605)
  expect(listeners.map(({ times }) => times.length)).toEqual(listeners.map(() => 1))
  vi.advanceTimersByTime(1_000)
  expect(listeners.map(({ times }) => times.slice(1))).toEqual([
    [7_000],
    ...listeners.slice(1).map((_, index) => [6_000 + 20 * (index + 1)]),
  ])
})

test('spread ticker: a listener that another one stops does not tick', () => {
  const ticker = createSpreadTicker(1_000)
  const stops: (() => void)[] = []
  let ticks = 0
  const tick = () => {
    ticks += 1
    for (const stop of stops) stop()
  }
  for (let each = 0; each < 20; each += 1) stops.push(ticker(tick))
  vi.advanceTimersByTime(2_000)
  expect(ticks).toBe(1)
})
