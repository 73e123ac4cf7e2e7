import type { Page } from '@playwright/test'

/**
 * As on a slow line: what asks for an address like this gets no answer until the returned function is called.
 */
export async function holdAnswers(page: Page, address: RegExp): Promise<() => void> {
  const gate = Promise.withResolvers<void>()
  await page.route(address, async (route) => {
    await gate.promise
    await route.fallback()
  })
  return gate.resolve
}
