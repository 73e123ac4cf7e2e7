import { accessibilityViolations, horizontalOverflow } from './setup/accessibility.ts'
import { newCredentials, signUp } from './setup/actors.ts'
import { button, title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('without JavaScript: a user signs up, sees the account, logs out and logs in', async ({
  browser,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/status of 401/)
  await using context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url })
  const page = await context.newPage()
  const { username, password } = newCredentials('ada')
  await page.goto('/')
  await page.getByRole('link', { name: 'Use your account without JavaScript' }).click()
  await expect(title(page)).toHaveText('Log in')
  await page.getByRole('link', { name: 'Sign up' }).click()
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password').fill(password)
  await button(page, 'Sign up').click()
  await expect(title(page)).toHaveText('Your account')
  await expect(page.getByRole('main')).toContainText(username)

  await page.getByRole('link', { name: 'Log out' }).click()
  await expect(title(page)).toHaveText('Log out?')
  await button(page, 'Log out').click()
  await expect(title(page)).toHaveText('Log in')
  await expect(page.getByRole('status')).toHaveText('You are logged out.')

  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password').fill('four hats on a quiet shelf')
  await button(page, 'Log in').click()
  await expect(page.getByRole('alert')).toHaveText('Wrong user name or password.')
  // The page does not repeat the user name, which may be a mistyped password.
  await page.getByLabel('User name').fill(username)
  await page.getByLabel('Password').fill(password)
  await button(page, 'Log in').click()
  await expect(title(page)).toHaveText('Your account')
})

test('the tutorials’ addresses lead to the pages of the web app', async ({ page, server }) => {
  await signUp(page, server, 'ada')
  await page.goto('/log_out')
  await button(page, 'Log out').click()
  await expect(page).toHaveURL('/login')
  await expect(page.getByRole('status')).toHaveText('You are logged out.')
  await page.goto('/sign_up')
  await expect(page).toHaveURL('/signup')
  await page.goto('/log_in')
  await expect(page).toHaveURL('/login')
  await expect(title(page)).toHaveText('Log in')
})

test('pages without JavaScript are accessible, also on a narrow screen and in the dark', async ({
  page,
  server,
}) => {
  await signUp(page, server, 'ada')
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width: 320, height: 640 })
    for (const path of [
      '/plain',
      '/plain/login?form=ended',
      '/plain/signup',
      '/plain/second-step',
      '/plain/reset-factors',
      '/plain/forgot-password',
      '/plain/reset-password?form=mail-requested',
      '/log_out',
    ]) {
      await page.goto(path)
      expect(await accessibilityViolations(page), path).toEqual([])
      expect(await horizontalOverflow(page), path).toEqual([])
    }
  }
})
