import { call, signUp } from './setup/actors.ts'
import { logInAsAdmin } from './setup/admins.ts'
import { button } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'
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
  // It begins beside the avatar like the user name, not at the far edge of the card.
  const account = page.getByRole('region', { name: 'Account' })
  const ownName = await account.getByText(name).evaluate(leftOfText)
  expect(ownName).toBe(await account.locator('p').getByText(username).evaluate(leftOfText))
  await page.goto(`/users?search=${username}`)
  const row = page.getByRole('row', { name: username })
  await expectDirection(row.getByText(name), 'rtl')
  await expectDirection(row.getByText(username, { exact: true }), 'ltr')
  await expectDirection(row, 'ltr')
})

test('text direction: the suggestions of the audit log begin at one edge', async ({ page, server }) => {
  const { username } = await logInAsAdmin(page, server)
  await call(page, server, 'account.updateProfile', { name })
  await page.goto('/audit')
  await page.getByRole('combobox', { name: 'User' }).fill(username)
  const option = page.getByRole('option', { name: username })
  const ownName = await option.getByText(name).evaluate(leftOfText)
  expect(ownName).toBe(await option.evaluate(leftOfText))
})

test('text direction: a password field does not follow the script of its text', async ({ page }) => {
  await page.goto('/login')
  const password = page.getByLabel('Password', { exact: true })
  await password.fill('قبعة على رف هادئ')
  await expectDirection(password, 'ltr')
  await button(page, 'Show password').click()
  await expectDirection(password, 'ltr')
})

/** Returns the left edge of the text in an element, which may be narrower than the element. */
function leftOfText(element: HTMLElement): number {
  const range = document.createRange()
  range.selectNodeContents(element)
  return range.getBoundingClientRect().left
}
