import { call, signUp } from './setup/actors.ts'
import { test } from './setup/test.ts'
import { expectDirection } from './setup/text-direction.ts'

const name = 'آدا بايرون'

test('text direction: a name in Arabic is right-to-left, the page stays left-to-right', async ({
  page,
  server,
}) => {
  const { username } = await signUp(page, server, 'ada')
  await call(page, server, 'account.updateProfile', { name })
  await page.goto('/account')
  await expectDirection(page.getByRole('textbox', { name: 'Name' }), 'rtl')
  await expectDirection(page.getByRole('main').getByText(name), 'rtl')
  await expectDirection(page.getByRole('button', { name: 'Account menu' }).getByText(name), 'rtl')
  await page.goto(`/users?search=${username}`)
  const row = page.getByRole('row', { name: username })
  await expectDirection(row.getByText(name), 'rtl')
  await expectDirection(row.getByText(username, { exact: true }), 'ltr')
  await expectDirection(row, 'ltr')
})
