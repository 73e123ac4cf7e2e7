import type { Page } from '@playwright/test'

/** Delays requests whose URL matches until the returned function is called, as a slow network would. */
export async function delayResponses(page: Page, url: RegExp): Promise<() => void> {
  const gate = Promise.withResolvers<void>()
  await page.route(url, async (route) => {
    await gate.promise
    await route.fallback()
  })
  return gate.resolve
}
