import type { Page } from '@playwright/test'

/** After this time a response may be old, and the page calls again. */
const maxAgeMs = 5_000

/**
 * Returns the procedures that the open page called again while the former response was new enough. On a busy
 * machine a page may take longer to start than a response may be old, and then it rightly calls again.
 */
export async function repeatedCalls(page: Page, ...procedures: string[]): Promise<string[]> {
  const calls = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .map(({ name, startTime, responseStart }) => ({ name, startTime, responseStart })),
  )
  return procedures.filter((procedure) => {
    const own = calls.filter(({ name }) => new URL(name).pathname.includes(procedure))
    if (own.length === 0) throw new Error(`${procedure} was not called`)
    // Timers of browsers end up to a millisecond early.
    return own.some(
      ({ startTime }, index) => startTime - (own[index - 1]?.responseStart ?? -Infinity) < maxAgeMs - 5,
    )
  })
}
