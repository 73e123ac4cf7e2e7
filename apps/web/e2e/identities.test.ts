import { call, signUp } from './setup/actors.ts'
import { expireSudo, logInAsAdmin, logInAsFirstAdmin } from './setup/admins.ts'
import { button, lockScreen, logIn, logOut, title } from './setup/forms.ts'
import { codeField, codeOf, setUpAuthenticator } from './setup/second-factor.ts'
import { startTitle } from './setup/start-title.ts'
import { startWithProvider } from './setup/start-with-provider.ts'
import { expect, test } from './setup/test.ts'

test('outside identities: a user signs up by one, logs in with a second step, and keeps the last way in', async ({
  page,
  afterPages,
}) => {
  const server = await startWithProvider(afterPages)
  const follow = () => page.getByRole('link', { name: 'Continue with Acme' }).click()

  await page.goto(`${server.url}/login`)
  await follow()
  await expect(page.getByLabel('User name')).toHaveValue('ada')
  await button(page, 'Create account').click()
  await expect(title(page)).toHaveText(startTitle)

  const { secret } = await setUpAuthenticator(page, server.url)
  await logOut(page)
  await page.goto(`${server.url}/login`)
  await follow()
  await codeField(page).fill(await codeOf(secret, 1))
  await expect(title(page)).toHaveText(startTitle)

  await page.goto(`${server.url}/account/security`)
  await page.getByRole('button', { name: /^Unlink/ }).click()
  await button(page.getByRole('dialog'), 'Unlink').click()
  await expect(page.getByRole('alert')).toHaveText(
    'This is the last way to log in to this account. Add another one first.',
  )
})

test('outside identities: an invited user signs up by one, and no other new user does', async ({
  page,
  afterPages,
}) => {
  const server = await startWithProvider(afterPages, { SIGNUP: 'invite' })
  const follow = () => page.getByRole('link', { name: 'Continue with Acme' }).click()
  await page.goto(`${server.url}/login`)
  await follow()
  await expect(title(page)).toHaveText('Sign-up needs an invitation')

  await logInAsFirstAdmin(page, server)
  const { link } = await call(page, server, 'invitations.create', {})
  await page.context().clearCookies()
  await page.goto(link ?? '')
  await expect(title(page)).toHaveText('You are invited')
  await follow()
  await expect(page.getByLabel('User name')).toHaveValue('ada')
  await button(page, 'Create account').click()
  await expect(title(page)).toHaveText(startTitle)
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0)
})

test('outside identities: an invitation that a user did not need ends with the log-out', async ({
  page,
  afterPages,
}) => {
  const server = await startWithProvider(afterPages)
  const user = await logInAsAdmin(page, server)
  const { link } = await call(page, server, 'invitations.create', {})
  await page.context().clearCookies()
  await page.goto(link ?? '')
  await page.getByRole('link', { name: 'Continue with Acme' }).click()
  await expect(page.getByLabel('User name')).toHaveValue('ada')

  await page.goto(`${server.url}/login`)
  await logIn(page, user)
  await expect(title(page)).toHaveText(startTitle)
  await logOut(page)
  // The next user of the tab would sign up with it, and with its address.
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0)
})

test('outside identities: a user links one, confirms with it, and unlinks it', async ({
  page,
  afterPages,
}) => {
  const server = await startWithProvider(afterPages)
  const user = await signUp(page, server, 'ben')
  await page.goto(`${server.url}/account/security`)
  await button(page, 'Link Acme').click()
  const linked = page.getByRole('list', { name: 'Linked accounts' })
  await expect(linked.getByRole('listitem')).toContainText('Acme')

  expireSudo(server, user)
  await page.reload()
  const unlink = page.getByRole('button', { name: /^Unlink/ })
  await unlink.click()
  await button(page.getByRole('dialog'), 'Unlink').click()
  await page.getByRole('link', { name: 'Continue with Acme' }).click()
  await expect(title(page)).toHaveText('Security')
  await unlink.click()
  await button(page.getByRole('dialog'), 'Unlink').click()
  await expect(page.getByText('Acme unlinked.')).toBeVisible()
  await expect(linked).toHaveCount(0)
  await expect(title(page)).toBeFocused()
})

test('outside identities: a log-in on the lock screen leads back to the page, with what was typed', async ({
  page,
  afterPages,
}) => {
  const server = await startWithProvider(afterPages)
  await page.goto(`${server.url}/login`)
  await page.getByRole('link', { name: 'Continue with Acme' }).click()
  await button(page, 'Create account').click()
  await expect(title(page)).toHaveText(startTitle)
  await page.goto(`${server.url}/account`)
  const name = page.getByRole('form', { name: 'Your name' }).getByLabel('Name')
  await name.fill('Ada of the Hill')
  await page.context().clearCookies({ name: /session/ })
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await lockScreen(page).getByRole('link', { name: 'Continue with Acme' }).click()
  await expect(title(page)).toHaveText('Profile')
  await expect(name).toHaveValue('Ada of the Hill')
})

test('outside identities: a log-in follows the box “Remember me” at the time of each click', async ({
  page,
  afterPages,
}) => {
  const server = await startWithProvider(afterPages)
  await page.route('**/auth/acme/start*', (route) => route.fulfill({ status: 204 }))
  await page.goto(`${server.url}/login`)
  const link = page.getByRole('link', { name: 'Continue with Acme' })
  const follow = async () => {
    const [request] = await Promise.all([page.waitForRequest('**/auth/acme/start*'), link.click()])
    return new URL(request.url()).search
  }
  const remember = page.getByLabel('Remember me on this device')
  await remember.check()
  expect(await follow()).toBe('?remember=1')
  await remember.uncheck()
  expect(await follow()).toBe('')
})
