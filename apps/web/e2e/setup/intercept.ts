import type { Page } from '@playwright/test'

/**
 * Stops the page's requests whose URL matches: `fail` lets them fail as without a network, `hold` lets them
 * wait. Playwright's `page.route` stops every request and turns the cache off, which doubles the CPU time of
 * each load. Files of the app need it, because they may come from the cache without a request.
 * @param pattern a URL in which `*` stands for any characters
 * @returns a function that ends it and continues the requests that wait
 */
export async function intercept(
  page: Page,
  pattern: string,
  outcome: 'fail' | 'hold',
): Promise<() => Promise<void>> {
  const session = await page.context().newCDPSession(page)
  if (outcome === 'fail')
    session.on('Fetch.requestPaused', ({ requestId }) => {
      // The page may close before.
      void session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => {})
    })
  await session.send('Fetch.enable', { patterns: [{ urlPattern: pattern }] })
  return () => session.detach()
}
