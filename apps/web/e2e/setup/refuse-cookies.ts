import type { Page } from '@playwright/test'

/** As a browser that is set to refuse the cookies of this site. */
export async function refuseCookies(page: Page): Promise<void> {
  await page.route(/\/trpc\/auth\.(?:login|signup)/, async (route) => {
    const response = await route.fetch()
    await page.context().clearCookies()
    await route.fulfill({ response, headers: { 'content-type': 'application/json' } })
  })
}
