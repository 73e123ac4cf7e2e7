import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { expect, test } from './setup/test.ts'

test('loading: a line below the header shows that the code of a page loads', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  const files = Promise.withResolvers<void>()
  await page.route('**/assets/*', (route) => files.promise.then(() => route.continue()))
  await page.goto('/account', { waitUntil: 'commit' })
  await expect.poll(() => lineOf(page)).toBe('visible')
  files.resolve()
  await expect(page.getByRole('heading', { name: 'Profile', level: 1 })).toBeVisible()
  expect(await lineOf(page)).toBe('none')
})

test('loading: a page with an early form has no line', async ({ page }) => {
  const files = Promise.withResolvers<void>()
  await page.route('**/assets/*', (route) => files.promise.then(() => route.continue()))
  await page.goto('/login', { waitUntil: 'commit' })
  await expect(page.getByLabel('User name')).toBeFocused()
  expect(await lineOf(page)).toBe('none')
  files.resolve()
})

/** Returns whether the line is visible, or `none`. */
function lineOf(page: Page): Promise<string> {
  return page.locator('.app-header').evaluate((header) => {
    const { content, visibility } = getComputedStyle(header, '::after')
    return content === 'none' ? content : visibility
  })
}
