import { logInAsAdmin } from './setup/admins.ts'
import { expect, test } from './setup/test.ts'

test('print: the audit log shows its filters, and no unused ones', async ({ page, server }) => {
  await logInAsAdmin(page, server)
  await page.emulateMedia({ media: 'print' })
  await page.goto('/audit?event=signup')
  await expect(page.getByRole('list', { name: 'Events' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'Event' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'User' })).toHaveCount(0)
})
