import { button, logIn, title } from './setup/forms.ts'
import { signUp } from './setup/people.ts'
import { expect, test } from './setup/test.ts'

test('a new password ends the other sessions and opens the next one', async ({
  page,
  openBrowser,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  const laptop = await openBrowser()
  await laptop.goto('/login')
  await logIn(laptop, ada)
  await expect(title(laptop)).toHaveText('Your notes')

  await page.goto('/profile')
  const form = page.getByRole('form', { name: 'Change password' })
  await form.getByLabel('Current password', { exact: true }).fill('not the password of ada')
  await form.getByLabel('New password', { exact: true }).fill('seven boats in a green bay')
  await button(form, 'Change password').click()
  await expect(form.getByText('This is not your current password.')).toBeVisible()
  await form.getByLabel('Current password', { exact: true }).fill(ada.password)
  await button(form, 'Change password').click()
  await expect(page.getByRole('status')).toHaveText('Password changed. One other session was logged out.')
  await expect(form.getByLabel('New password', { exact: true })).toHaveValue('')

  await laptop.getByRole('link', { name: 'Users' }).click()
  await expect(laptop).toHaveURL('/login?redirectTo=%2Fusers')
  await expect(laptop.getByRole('status')).toHaveText('Your session has ended. Log in again to continue.')
  await logIn(laptop, { ...ada, password: 'seven boats in a green bay' })
  await expect(title(laptop)).toHaveText('Users')
})

test('the name is changed for everybody', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/profile')
  const form = page.getByRole('form', { name: 'Your name' })
  await form.getByLabel('Name').fill('Ada of the Hill')
  await button(form, 'Save name').click()
  await expect(page.getByRole('status')).toHaveText('Name saved.')

  await page.getByRole('link', { name: 'Users' }).click()
  await page.getByRole('searchbox', { name: 'Search users' }).fill(ada.username)
  await expect(page.getByRole('row', { name: ada.username })).toContainText('Ada of the Hill')
})
