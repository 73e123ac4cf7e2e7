import { signUp } from './setup/actors.ts'
import { chooseAction, findUser, logInAsAdmin } from './setup/admins.ts'
import { button, logIn, title } from './setup/forms.ts'
import { codeOf, setUpAuthenticator } from './setup/second-factor.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

test('second factor of admins: a page that needs one leads to the Security page, and works afterwards', async ({
  page,
  servers,
}) => {
  const server = await servers.acquire({ ADMIN_SECOND_FACTOR: 'required' })
  await logInAsAdmin(page, server)
  await page.goto(`${server.url}/audit`)
  await expect(page.getByRole('alert')).toContainText('Admins need a second factor here.')
  await page.getByRole('link', { name: 'Set up a second factor' }).click()
  await expect(title(page)).toHaveText('Security')
  await expect(page.getByText('Admins need a second factor here. Set up')).toBeVisible()
  await setUpAuthenticator(page, server.url)
  await page.goto(`${server.url}/audit`)
  await expect(page.getByRole('list', { name: 'Events' })).toContainText('added an authenticator app')
})

test('second factor of a user: an admin requests a reset, and the owner keeps it', async ({
  page,
  server,
  openBrowser,
}) => {
  const ada = await signUp(page, server, 'ada')
  const { secret } = await setUpAuthenticator(page)
  const adminPage = await openBrowser()
  await logInAsAdmin(adminPage, server)
  await findUser(adminPage, server, ada.username)
  await chooseAction(adminPage, ada.username, 'Reset second factors')
  await button(adminPage.getByRole('dialog'), 'Request reset').click()
  await button(adminPage.getByRole('dialog', { name: `Reset link for ${ada.username}` }), 'Done').click()
  await button(adminPage, 'Continue').click()

  await page.reload()
  await button(page, 'Keep my second factors').click()
  await expect(page.getByRole('status').first()).toHaveText(
    'The removal is cancelled. Your second factors stay.',
  )
  await expect(button(page, 'Keep my second factors')).toHaveCount(0)
  await page.context().clearCookies({ name: /session/ })
  await page.goto('/login')
  await logIn(page, ada)
  await page.getByRole('textbox', { name: 'Code' }).fill(await codeOf(secret, 1))
  await expect(title(page)).toHaveText(startTitle)
})

test('second factor of a user: an admin cannot reset what does not exist', async ({ page, server }) => {
  const { username } = await signUp(page, server, 'ada')
  await logInAsAdmin(page, server)
  await findUser(page, server, username)
  await chooseAction(page, username, 'Reset second factors')
  await button(page.getByRole('dialog'), 'Request reset').click()
  await expect(page.getByRole('alert')).toHaveText(`${username} has no second factor, or cannot log in.`)
})
