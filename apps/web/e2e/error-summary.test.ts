import { newCredentials } from './setup/actors.ts'
import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('error summary: shows the errors of the current input, not of the submitted one', async ({ page }) => {
  await page.goto('/signup')
  const ada = newCredentials('ada')
  await page.getByLabel('User name').fill('a b')
  await page.getByLabel('Password', { exact: true }).fill('password1')
  await button(page, 'Sign up').click()
  const summary = page.getByRole('alert')
  await expect(summary).toContainText('One field needs another look:')
  await page.getByLabel('User name').fill(ada.username)
  await expect(summary).toContainText('Every field is filled in correctly now.')
  await expect(summary.locator('s')).toHaveCount(1)

  // The server's error about a password that is no longer in the field.
  await button(page, 'Sign up').click()
  await expect(summary).toContainText('This password is common and easy to guess.')
  await expect(summary.locator('s')).toHaveCount(0)
  await page.getByLabel('Password', { exact: true }).fill('short')
  await expect(summary.getByRole('link')).toContainText('too short')
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await expect(summary).toContainText('Every field is filled in correctly now.')
  await expect(page.getByLabel('Password', { exact: true })).not.toHaveAttribute('aria-invalid', 'true')
})
