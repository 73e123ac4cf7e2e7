import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('a password is hidden, can be shown, pasted, and filled in by a password manager', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  for (const [path, purpose] of [
    ['/login', 'current-password'],
    ['/signup', 'new-password'],
  ] as const) {
    await page.goto(path)
    const field = page.getByLabel('Password', { exact: true })
    await expect(field).toHaveAttribute('type', 'password')
    await expect(field).toHaveAttribute('autocomplete', purpose)
    await expect(page.getByLabel('User name')).toHaveAttribute('autocomplete', 'username')

    await page.evaluate(() => navigator.clipboard.writeText('pasted horse battery'))
    await field.focus()
    await page.keyboard.press('ControlOrMeta+V')
    await expect(field).toHaveValue('pasted horse battery')

    await button(page, 'Show password').click()
    await expect(field).toHaveAttribute('type', 'text')
    await button(page, 'Hide password').click()
    await expect(field).toHaveAttribute('type', 'password')
  }
})
