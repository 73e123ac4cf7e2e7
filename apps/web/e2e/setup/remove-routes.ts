import type { Page } from '@playwright/test'

/**
 * Removes the routes of a page: those of a URL, or all. Playwright stops every request while there is a
 * route. A request that it is about to stop when the last route ends would wait forever, so a route that fits
 * no URL stays until the end of the test.
 */
export async function removeRoutes(page: Page, url?: string): Promise<void> {
  await page.context().route(/(?!)/, (route) => route.fallback())
  await (url === undefined ? page.unrouteAll() : page.unroute(url))
}
