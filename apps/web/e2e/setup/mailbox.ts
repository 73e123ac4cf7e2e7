import { expect } from '@playwright/test'
import type { Locator, Page } from '@playwright/test'

/**
 * Opens the newest mail to an address on the page that shows the mails of a development server.
 * @returns the link of its button
 */
export async function openMail(page: Page, address: string, subject: string | RegExp): Promise<Locator> {
  await page.goto('/dev/mailbox')
  // The page loads itself again until the mail has arrived.
  const entry = page.getByRole('listitem').filter({ hasText: address }).filter({ hasText: subject }).first()
  await entry.getByRole('link').first().click()
  await expect(page).toHaveURL(/\/dev\/mailbox\/[\da-f-]+$/)
  return page.getByRole('link').first()
}
