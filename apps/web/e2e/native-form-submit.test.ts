import { signUp } from './setup/actors.ts'
import { button, earlyFormGone, title } from './setup/forms.ts'
import { issueRecoveryLink } from './setup/recovery-link.ts'
import { expect, test } from './setup/test.ts'

test('native submit: puts no password into a URL, and the page says what to do', async ({ page, server }) => {
  const { username, password } = await signUp(page, server, 'ada')
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  /** Submits as a password manager does: without a submit event. */
  const submit = async (label: string) => {
    await earlyFormGone(page)
    await page.getByRole('form', { name: label }).evaluate((form: HTMLFormElement) => form.submit())
  }
  const notice = page.getByRole('status').filter({ hasText: 'Nothing was sent.' })

  await page.goto('/account/password')
  await page.getByLabel('Current password', { exact: true }).fill(password)
  await page.getByLabel('New password', { exact: true }).fill(`new ${password}`)
  await submit('Change password')
  await expect(notice).toBeVisible()
  await expect(page).toHaveURL('/account/password')
  await page.reload()
  await expect(title(page)).toHaveText('Password')
  await expect(notice).toBeHidden()

  await page.context().clearCookies()
  await page.goto('/login?redirectTo=%2Faccount')
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await submit('Log in')
  await expect(notice).toBeVisible()
  await expect(page).toHaveURL('/login?redirectTo=%2Faccount')
  // The password was not changed, and the button still works.
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Log in').click()
  await expect(title(page)).toHaveText('Profile')
  expect(urls.filter((url) => /five|quiet/.test(url))).toEqual([])
})

test('native submit: the form of a link still works afterwards', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  const link = await issueRecoveryLink(page, server)
  await page.goto(link)
  const field = page.getByLabel('New password', { exact: true })
  await field.fill('seven boats in a green bay')
  const form = page.getByRole('form', { name: 'Choose a new password' })
  await form.evaluate((element: HTMLFormElement) => element.submit())
  await expect(page.getByRole('status').filter({ hasText: 'Nothing was sent.' })).toBeVisible()
  await expect(page).toHaveURL(link)
  await field.fill('seven boats in a green bay')
  await button(page, 'Change password').click()
  await expect(title(page)).toHaveText('Your password is changed')
})

test('native submit: a search form searches', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await page.goto('/users')
  const search = page.getByRole('searchbox', { name: 'Search users' })
  await search.fill('flour')
  await page.getByRole('search').evaluate((form: HTMLFormElement) => form.submit())
  await expect(page).toHaveURL('/users?search=flour')
  await expect(search).toHaveValue('flour')
})
