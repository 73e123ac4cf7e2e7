import type { Page } from '@playwright/test'

/** Drops the cookies of log-in and sign-up, as a browser does that blocks this site's cookies. */
export async function blockCookies(page: Page): Promise<void> {
  await page.route(/\/trpc\/auth\.(?:login|signup)/, async (route) => {
    const response = await route.fetch()
    await page.context().clearCookies()
    await route.fulfill({ response, headers: { 'content-type': 'application/json' } })
  })
}
