import { signUp } from './setup/actors.ts'
import { expireSudo } from './setup/admins.ts'
import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('password field: hides, shows, accepts paste and works with password managers', async ({
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
    await expect(page.getByLabel('User name')).toHaveAttribute('autocomplete', /^username(?: webauthn)?$/)

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

test('password field: gives password managers the user name where no field asks for it', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account/password')
  const change = page.getByRole('form', { name: 'Change password' })
  await expect(change.getByLabel('Current password', { exact: true })).toHaveAttribute(
    'autocomplete',
    'current-password',
  )
  await expect(change.getByLabel('New password', { exact: true })).toHaveAttribute(
    'autocomplete',
    'new-password',
  )
  await expect(change.locator('[autocomplete=username]')).toHaveValue(ada.username)

  expireSudo(server, ada)
  await page.goto('/account/data')
  await button(page, 'Download my data').click()
  const prompt = page.getByRole('dialog')
  await expect(prompt.getByLabel('Password', { exact: true })).toHaveAttribute(
    'autocomplete',
    'current-password',
  )
  await expect(prompt.locator('[autocomplete=username]')).toHaveValue(ada.username)
})
