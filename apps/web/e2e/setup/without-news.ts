import type { Page } from '@playwright/test'

/**
 * As on plain http, where no tab may hold a lock and so none listens to the server: what is on screen may be
 * old.
 */
export async function withoutNews(page: Page): Promise<void> {
  await page.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks'))
}
