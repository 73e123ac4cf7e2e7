import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { chooseAction, findUser, logInAsAdmin } from './setup/admins.ts'
import { changeRows } from './setup/change-rows.ts'
import { button, logIn, logOut, title } from './setup/forms.ts'
import { setUpAuthenticator } from './setup/second-factor.ts'
import { startProvider } from './setup/start-provider.ts'
import { startServer } from './setup/start-server.ts'
import type { Server } from './setup/start-server.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

/** Requests a reset on the users page as an admin, and returns its link. */
async function requestReset(page: Page, server: Server, username: string): Promise<string> {
  await logInAsAdmin(page, server)
  await findUser(page, server, username)
  await chooseAction(page, username, 'Reset second factors')
  await button(page.getByRole('dialog'), 'Request reset').click()
  const dialog = page.getByRole('dialog', { name: `Reset link for ${username}` })
  const link = (await dialog.locator('code').textContent()) ?? ''
  await button(dialog, 'Done').click()
  await button(page, 'Continue').click()
  await page.context().clearCookies()
  return link
}

test('factor reset: the link of an admin lets a user in who lost the phone, with the password', async ({
  page,
  servers,
}) => {
  const server = await servers.acquire({ FACTOR_RESET_DELAY: '0s' })
  const ada = await signUp(page, server, 'ada')
  await setUpAuthenticator(page, server.url)
  const link = await requestReset(page, server, ada.username)

  await page.goto(link)
  await expect(title(page)).toHaveText('Log in without your second factors')
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
  await page.getByLabel('Password', { exact: true }).fill(ada.password)
  await button(page, 'Log in').click()
  await button(page, 'Remove them and log in').click()
  await expect(title(page)).toHaveText(startTitle)
  await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(0)
  await page.goto(`${server.url}/account/security`)
  await expect(button(page, 'Set up')).toBeVisible()

  await logOut(page)
  await page.goto('about:blank')
  await page.goto(link)
  await expect(title(page)).toHaveText('This link does not work')
})

test('factor reset: the link of another user asks for the second factor again', async ({
  page,
  servers,
  pageErrors,
}) => {
  const server = await servers.acquire({ FACTOR_RESET_DELAY: '0s' })
  const ada = await signUp(page, server, 'ada')
  await setUpAuthenticator(page, server.url)
  await page.context().clearCookies()
  const ben = await signUp(page, server, 'ben')
  await setUpAuthenticator(page, server.url)
  const link = await requestReset(page, server, ada.username)
  await page.goto(link)
  await logIn(page, ben)
  await button(page, 'Remove them and log in').click()
  await expect(page.getByRole('alert')).toContainText('does not remove the second factors of this account')
  await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
  pageErrors.allow(/status of 410/)
  // The next log-in does not offer it again.
  await button(page, 'Start again').click()
  await logIn(page, ben)
  await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
})

test('factor reset: before its time the link says from when on it works, and the owner can cancel it', async ({
  page,
  server,
}) => {
  const ada = await signUp(page, server, 'ada')
  await setUpAuthenticator(page)
  const owner = await page.context().cookies()
  const link = await requestReset(page, server, ada.username)
  await page.goto(link)
  await expect(title(page)).toHaveText('This link works later')

  await page.context().addCookies(owner)
  await page.goto('/account/security')
  await button(page, 'Keep my second factors').click()
  await expect(page.getByText('The removal is cancelled.')).toBeVisible()
  await page.context().clearCookies()
  await page.goto(link)
  await expect(title(page)).toHaveText('This link does not work')
})

test('factor reset: a link that works later takes the place of one that was opened before', async ({
  page,
  servers,
}) => {
  const server = await servers.acquire({ FACTOR_RESET_DELAY: '0s' })
  const ada = await signUp(page, server, 'ada')
  await setUpAuthenticator(page, server.url)
  const link = await requestReset(page, server, ada.username)
  await page.goto(link)
  await expect(title(page)).toHaveText('Log in without your second factors')
  const dayMs = 24 * 60 * 60 * 1_000
  changeRows(server, 'update factor_resets set effective_at = effective_at + ?', dayMs)
  await page.reload()
  await expect(title(page)).toHaveText('This link works later')
  await page.goto(`${server.url}/login`)
  await logIn(page, ada)
  await expect(page.getByLabel('Code', { exact: true })).toBeVisible()
})

test('factor reset: the link is kept while the user logs in at a provider', async ({ page, afterPages }) => {
  const provider = afterPages.use(await startProvider())
  const server = afterPages.use(await startServer({ ...provider.settings, FACTOR_RESET_DELAY: '0s' }))
  provider.register(server.url)
  const follow = () => page.getByRole('link', { name: 'Continue with Acme' }).click()
  await page.goto(`${server.url}/login`)
  await follow()
  await button(page, 'Create account').click()
  await expect(title(page)).toHaveText(startTitle)
  await setUpAuthenticator(page, server.url)
  const link = await requestReset(page, server, 'ada')

  await page.goto(link)
  await follow()
  await button(page, 'Remove them and log in').click()
  await expect(title(page)).toHaveText(startTitle)
})
