import type { Page } from '@playwright/test'

/**
 * Stops the page's requests whose URL matches: `fail` lets them fail as without a network, `hold` lets them
 * wait. Playwright's `page.route` stops every request and turns the cache off, which doubles the CPU time of
 * each load. Files of the app need it, because they may come from the cache without a request.
 * @param pattern a URL in which `*` matches any characters
 * @returns a function that ends it and continues the requests that wait
 */
export async function intercept(
  page: Page,
  pattern: string,
  outcome: 'fail' | 'hold',
): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  const held: string[] = []
  let isOver = false
  // The page may close before.
  const proceed = (requestId: string) =>
    session.send('Fetch.continueRequest', { requestId }).catch(() => undefined)
  session.on('Fetch.requestPaused', ({ requestId }) => {
    if (isOver) return void proceed(requestId)
    if (outcome === 'hold') return void held.push(requestId)
    return void session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => undefined)
  })
  await session.send('Fetch.enable', { patterns: [{ urlPattern: pattern }] })
  return async () => {
    // The session stays: a request that was on its way to it at its end would wait forever.
    isOver = true
    await Promise.all(held.map(proceed))
  }
}
