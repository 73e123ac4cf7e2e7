import type { Page } from '@playwright/test'

/**
 * Drops the cookies of every log-in and sign-up, as a browser does that blocks this site's cookies: those of
 * calls, of plain forms, and of the redirect to a provider.
 */
export async function blockCookies(page: Page): Promise<void> {
  const calls = 'login|signup|identitySignup|secondFactor|completeFactorReset|passkeyLogin|passkeyOptions'
  const pages = String.raw`plain/|auth/\w+/start`
  await page.route(new RegExp(String.raw`/(?:trpc/auth\.(?:${calls})\b|${pages})`), async (route) => {
    // Playwright leaves this header out. The server wants it from a page of ours.
    const sent = { ...(await route.request().allHeaders()), 'sec-fetch-site': 'same-origin' }
    const response = await route.fetch({ maxRedirects: 0, headers: sent })
    await page.context().clearCookies()
    const { 'set-cookie': _refused, ...headers } = response.headers()
    await route.fulfill({ response, headers })
  })
}
