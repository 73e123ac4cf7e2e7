import { newCredentials, signUp } from './setup/actors.ts'
import { blockCookies } from './setup/block-cookies.ts'
import { button, logIn, title } from './setup/forms.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

test('blocked cookies: log-in and sign-up say so, and what to do', async ({ page, server, openBrowser }) => {
  const ada = await signUp(await openBrowser(), server, 'ada')
  await blockCookies(page)
  await page.goto('/login')
  await logIn(page, ada)
  const alert = page.getByRole('alert')
  await expect(alert).toHaveText(
    'Your browser did not keep the cookie of your session, so you are not logged in. Allow cookies for this site, then log in again.',
  )
  await expect(page).toHaveURL('/login')

  await page.goto('/signup')
  const { username, password } = newCredentials('ben')
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await button(page, 'Sign up').click()
  await expect(alert).toContainText('Your account is ready, but your browser did not keep the cookie')

  // The browser keeps cookies again.
  await page.unrouteAll()
  await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
  await logIn(page, { username, password })
  await expect(title(page)).toHaveText(startTitle)
})
