import type { Page } from '@playwright/test'
import { call, endSessions, signUp } from './setup/actors.ts'
import { logInAsAdmin } from './setup/admins.ts'
import { button, lockScreen, logIn, logOut, title } from './setup/forms.ts'
import { fulfillCalls } from './setup/fulfill-calls.ts'
import { removeRoutes } from './setup/remove-routes.ts'
import { closeCodes, codeField, setUpAuthenticator } from './setup/second-factor.ts'
import type { Server } from './setup/start-server.ts'
import { expect, test } from './setup/test.ts'
import { addVirtualAuthenticator, withoutPasskeyAutofill } from './setup/virtual-authenticator.ts'

/** Returns the keys of the texts that the tab keeps. */
const keptTexts = (page: Page) => page.evaluate(() => Object.keys(sessionStorage))

test('kept text: the name typed for one passkey is not offered for another one', async ({ page, server }) => {
  await withoutPasskeyAutofill(page)
  const device = await addVirtualAuthenticator(page)
  await signUp(page, server, 'ada')
  await device.setPresent(true)
  await page.goto('/account/security')
  await button(page, 'Add a passkey').click()
  await closeCodes(page)
  // As a second device, which has no passkey of this account.
  await device.forgetCredentials()
  await button(page, 'Add a passkey').click()
  const rows = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')
  await expect(rows).toHaveCount(2)

  const name = page.getByRole('dialog', { name: 'Rename passkey' }).getByRole('textbox', { name: 'Name' })
  const rename = async (row: number) => {
    await rows
      .nth(row)
      .getByRole('button', { name: /^Manage passkey/ })
      .click()
    await button(page, 'Rename').click()
    await expect(name).toBeFocused()
  }
  await rename(0)
  await name.fill('Work phone')
  await page.keyboard.press('Escape')
  for (const reload of [false, true]) {
    if (reload) await page.reload()
    await rename(1)
    await expect(name).not.toHaveValue('Work phone')
    await page.keyboard.press('Escape')
    await rename(0)
    await expect(name).toHaveValue('Work phone')
    await page.keyboard.press('Escape')
  }
})

test('kept text: what was typed for one invitation is not offered for the next one', async ({
  page,
  openBrowser,
  server,
}) => {
  const admin = await openBrowser()
  await logInAsAdmin(admin, server)
  const create = async () => (await call(admin, server, 'invitations.create', {})).link ?? ''
  const [first, second] = [await create(), await create()]
  await page.goto(first)
  const email = page.getByLabel('Email')
  await email.fill('ada@example.com')
  await page.reload()
  await expect(email).toHaveValue('ada@example.com')
  await page.goto(second)
  await expect(page).toHaveURL(second)
  await expect(email).toHaveValue('')
  await page.goto(first)
  await expect(email).toHaveValue('ada@example.com')
  const secret = new URL(first).hash.slice(1)
  expect((await keptTexts(page)).filter((key) => key.includes(secret))).toEqual([])
})

test('kept text: a user name typed for one account of a provider is not offered for another one', async ({
  page,
}) => {
  const prove = async (username: string) => {
    const provider = { name: 'acme', label: 'Acme' }
    const data = { provider, username, isFixed: false, name: null, email: null }
    await removeRoutes(page)
    await fulfillCalls(page, 'identities.pending', { status: 200, json: { result: { data } } })
    await page.goto('/welcome')
  }
  const field = page.getByLabel('User name')
  await prove('ada')
  await field.fill('ada-2')
  await prove('ben')
  await expect(field).toHaveValue('ben')
  await prove('ada')
  await expect(field).toHaveValue('ada-2')
})

test('kept text: no code of a second factor is kept', async ({ page, server }) => {
  const ada = await signUp(page, server, 'ada')
  const { recoveryCodes } = await setUpAuthenticator(page)
  await logOut(page)
  await page.goto('/login')
  await logIn(page, ada)
  await codeField(page).fill('12345')
  expect(await keptTexts(page)).toEqual([])
  await button(page, 'Use a recovery code').click()
  await page.getByLabel('Recovery code').fill(recoveryCodes[0] ?? '')
  expect(await keptTexts(page)).toEqual([])
})

for (const { how, open } of [
  {
    how: 'a link',
    open: (page: Page) =>
      page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click(),
  },
  { how: 'the address bar', open: (page: Page) => page.goto('/users') },
]) {
  test(`kept text: dropped when another page is opened by ${how}, and the lock screen does not say it is kept`, async ({
    page,
    openBrowser,
    server,
  }) => {
    const ada = await signUp(page, server, 'ada')
    await page.goto('/account/tokens')
    await button(page, 'New token').click()
    await page.getByRole('dialog').getByLabel('Name').fill('Backup')
    await page.keyboard.press('Escape')
    expect(await keptTexts(page)).not.toEqual([])
    await open(page)
    await expect(title(page)).toHaveText('Users')
    await expect.poll(() => keptTexts(page)).toEqual([])
    await endSessions(await openBrowser(), server, ada)
    await expect(lockScreen(page).getByRole('status')).toHaveText(
      'Your session has ended. Log in again to continue.',
    )
  })
}

test('kept text: comes back when the session ended, the page was reloaded and the user logged in', async ({
  page,
  server,
}) => {
  const { ada, name } = await reloadWithoutSession(page, server)
  await logIn(page, ada)
  await expect(name).toHaveValue('Ada of the Hill')
})

test('kept text: comes back when the log-in page was reloaded after a log-in in another tab', async ({
  page,
  server,
}) => {
  const { ada, name } = await reloadWithoutSession(page, server)
  // In the same browser, without a message to the tab.
  await call(page, server, 'auth.login', ada)
  await page.reload()
  await expect(page).toHaveURL('/account')
  await expect(name).toHaveValue('Ada of the Hill')
})

/** Types a name, loses the session and reloads the page, which then asks for a log-in. */
async function reloadWithoutSession(page: Page, server: Server) {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account')
  const name = page.getByRole('form', { name: 'Your name' }).getByLabel('Name')
  await name.fill('Ada of the Hill')
  await page.context().clearCookies()
  await page.reload()
  await expect(title(page)).toHaveText('Log in')
  return { ada, name }
}
