import { failures } from '@app/contract'
import { providerErrors } from '@app/contract/provider-links'
import { newCredentials, signUp } from './setup/actors.ts'
import { blockCookies } from './setup/block-cookies.ts'
import { button, logIn, logOut, title } from './setup/forms.ts'
import { removeRoutes } from './setup/remove-routes.ts'
import { closeCodes, codeField, codeOf, setUpAuthenticator } from './setup/second-factor.ts'
import { startProvider } from './setup/start-provider.ts'
import { startServer } from './setup/start-server.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'
import { addVirtualAuthenticator, withoutPasskeyAutofill } from './setup/virtual-authenticator.ts'

const notSent = failures.COOKIE_MISSING.text

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
  await removeRoutes(page)
  await page.getByRole('main').getByRole('link', { name: 'Log in' }).click()
  await logIn(page, { username, password })
  await expect(title(page)).toHaveText(startTitle)
})

test('blocked cookies: the log-in page opens in a browser that also blocks storage and messages between tabs', async ({
  page,
}) => {
  // As in Firefox.
  await page.addInitScript(() => {
    function refuse(): never {
      throw new DOMException('The operation is insecure.', 'SecurityError')
    }
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get: refuse })
    Object.defineProperty(window, 'BroadcastChannel', { value: refuse })
  })
  await page.goto('/login')
  await button(page, 'Show password').click()
  await expect(page.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'text')
})

test('blocked cookies: the second step of a log-in says so, and the first step is shown again', async ({
  page,
  server,
  openBrowser,
}) => {
  const known = await openBrowser()
  const ada = await signUp(known, server, 'ada')
  const { secret } = await setUpAuthenticator(known, server.url)
  await blockCookies(page)
  await page.goto('/login')
  await logIn(page, ada)
  await codeField(page).fill(await codeOf(secret, 1))
  await expect(page.getByRole('status').filter({ hasText: notSent })).toBeVisible()
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
})

test('blocked cookies: a log-in by a passkey says so, alone and as the second step', async ({
  page,
  server,
}) => {
  await withoutPasskeyAutofill(page)
  const device = await addVirtualAuthenticator(page)
  const ada = await signUp(page, server, 'ada')
  await device.setPresent(true)
  await page.goto('/account/security')
  await button(page, 'Add a passkey').click()
  await closeCodes(page)
  await logOut(page)
  await page.context().clearCookies()
  await blockCookies(page)
  await page.goto('/login')
  await button(page, 'Log in with a passkey').click()
  await expect(page.getByRole('alert')).toHaveText(notSent)
  await logIn(page, ada)
  await button(page, 'Use your passkey').click()
  await expect(page.getByRole('alert')).toHaveText(notSent)
})

test('blocked cookies: a log-in by a provider says so', async ({ page, afterPages }) => {
  const provider = afterPages.use(await startProvider())
  const server = afterPages.use(await startServer(provider.settings))
  provider.register(server.url)
  await blockCookies(page)
  await page.goto(`${server.url}/login`)
  await page.getByRole('link', { name: 'Continue with Acme' }).click()
  await expect(title(page)).toHaveText('Log in')
  await expect(page.getByRole('status').filter({ hasText: providerErrors['cookie-missing'] })).toBeVisible()
})

test('blocked cookies: the pages without JavaScript say so, after one step and after two', async ({
  browser,
  server,
  openBrowser,
  pageErrors,
}) => {
  pageErrors.allow(/status of 401/)
  const known = await openBrowser()
  const ada = await signUp(known, server, 'ada')
  await using context = await browser.newContext({ javaScriptEnabled: false, baseURL: server.url })
  const page = await context.newPage()
  await blockCookies(page)
  await page.goto('/plain/login')
  await logIn(page, ada)
  await expect(page).toHaveURL('/plain/login?form=no-cookie')
  await expect(page.getByRole('alert')).toHaveText(notSent)

  const { secret } = await setUpAuthenticator(known, server.url)
  await logIn(page, ada)
  await codeField(page).fill(await codeOf(secret, 1))
  await button(page, 'Continue').click()
  await expect(page.getByRole('alert')).toHaveText(notSent)
})
