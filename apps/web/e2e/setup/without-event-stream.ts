import type { Page } from '@playwright/test'

/**
 * Removes the Web Locks API, as on plain http. No tab opens the event stream then, so pages may show old
 * data.
 */
export async function withoutEventStream(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'))
}
