import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { expireSudo } from './setup/admins.ts'
import { button, logIn, logOut, title } from './setup/forms.ts'
import { closeCodes } from './setup/second-factor.ts'
import type { Server } from './setup/start-server.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'
import { addVirtualAuthenticator, withoutPasskeyAutofill } from './setup/virtual-authenticator.ts'

/** Adds a passkey for the user who is logged in, and closes the dialog with the recovery codes. */
async function addPasskey(page: Page, server: Server) {
  await page.goto(`${server.url}/account/security`)
  await button(page, 'Add a passkey').click()
  await closeCodes(page)
  await expect(page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')).toHaveCount(1)
}

test('passkeys: a user adds one, logs in with it alone, renames and removes it', async ({ page, server }) => {
  await withoutPasskeyAutofill(page)
  const device = await addVirtualAuthenticator(page)
  await signUp(page, server, 'ada')
  await device.setPresent(true)
  await addPasskey(page, server)
  expect(await device.countCredentials()).toBe(1)
  await button(page, 'Add a passkey').click()
  await expect(page.getByRole('alert')).toHaveText('This device already has a passkey for this account.')

  await logOut(page)
  await page.goto('/login')
  await button(page, 'Log in with a passkey').click()
  await expect(title(page)).toHaveText(startTitle)

  await page.goto('/account/security')
  const row = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem')
  await expect(row).toContainText('Used in this session')
  await row.getByRole('button', { name: /^Manage passkey/ }).click()
  await button(page, 'Rename').click()
  const rename = page.getByRole('dialog', { name: 'Rename passkey' })
  await rename.getByRole('textbox', { name: 'Name' }).fill('Work laptop')
  await button(rename, 'Rename').click()
  await expect(row).toContainText('Work laptop')
  await button(page, 'Manage passkey Work laptop').click()
  await button(page, 'Remove').click()
  await button(page, 'Remove passkey').click()
  await expect(page.getByRole('status').first()).toContainText('Passkey removed.')
  await expect(row).toHaveCount(0)
  await expect(title(page)).toBeFocused()
})

test('passkeys: a log-in by one is remembered if the user wants it', async ({ page, context, server }) => {
  await withoutPasskeyAutofill(page)
  const device = await addVirtualAuthenticator(page)
  await signUp(page, server, 'ada')
  await device.setPresent(true)
  await addPasskey(page, server)
  await context.clearCookies()
  await page.goto('/login')
  await page.getByLabel('Remember me on this device').check()
  await button(page, 'Log in with a passkey').click()
  await expect(title(page)).toHaveText(startTitle)
  const session = (await context.cookies()).find(({ name }) => name.startsWith('session'))
  expect(((session?.expires ?? 0) - Date.now() / 1_000) / 86_400).toBeCloseTo(14, 1)
})

test('passkeys: as the second step after a password, and as the proof for a dangerous action', async ({
  page,
  server,
}) => {
  await withoutPasskeyAutofill(page)
  const device = await addVirtualAuthenticator(page)
  const ada = await signUp(page, server, 'ada')
  await device.setPresent(true)
  await addPasskey(page, server)
  await logOut(page)
  await page.goto('/login')
  await logIn(page, ada)
  await expect(button(page, 'Use your passkey')).toBeFocused()
  await button(page, 'Use your passkey').click()
  await expect(title(page)).toHaveText(startTitle)

  expireSudo(server, ada)
  await page.goto('/account/security')
  await button(page, 'Make new codes').click()
  await button(page.getByRole('dialog'), 'Make new codes').click()
  await button(page, 'Use a passkey').click()
  await button(page, 'Use your passkey').click()
  await expect(page.getByRole('dialog', { name: 'Save your recovery codes' })).toBeVisible()
})

test('passkeys: the suggestions of the user name field log in, once the user chooses one', async ({
  page,
  server,
}) => {
  const device = await addVirtualAuthenticator(page)
  await signUp(page, server, 'ada')
  await device.setPresent(true)
  await addPasskey(page, server)
  await device.setPresent(false)
  await logOut(page)
  await page.goto('/login')
  await expect(page.getByLabel('User name')).toHaveAttribute('autocomplete', 'username webauthn')
  await expect(button(page, 'Log in with a passkey')).toBeVisible()
  await expect(title(page)).toHaveText('Log in')
  // The virtual device chooses at once what a user chooses in the list.
  await device.setPresent(true)
  await page.goto('/login')
  await expect(title(page)).toHaveText(startTitle)
})

test('passkeys: one that the user deleted in the account is rejected with a sentence', async ({
  page,
  server,
}) => {
  await withoutPasskeyAutofill(page)
  const device = await addVirtualAuthenticator(page)
  await signUp(page, server, 'ada')
  await device.setPresent(true)
  await addPasskey(page, server)
  await page.getByRole('button', { name: /^Manage passkey/ }).click()
  await button(page, 'Remove').click()
  await button(page, 'Remove passkey').click()
  await expect(page.getByRole('status').first()).toContainText('Passkey removed.')
  await logOut(page)
  await page.goto('/login')
  await button(page, 'Log in with a passkey').click()
  await expect(page.getByRole('alert')).toHaveText(
    'This passkey was not accepted. It may have been removed from the account.',
  )
})

test('passkeys: a declined prompt of the browser says what happened and what to do next', async ({
  page,
  server,
}) => {
  await withoutPasskeyAutofill(page)
  await page.addInitScript(() => {
    const decline = () => Promise.reject(new DOMException('', 'NotAllowedError'))
    navigator.credentials.create = decline
    navigator.credentials.get = decline
  })
  await signUp(page, server, 'ada')
  await page.goto('/account/security')
  await button(page, 'Add a passkey').click()
  await expect(page.getByRole('alert')).toHaveText(
    'No passkey was added: the prompt of your browser was closed or timed out. Try again.',
  )
  await logOut(page)
  await page.goto('/login')
  await button(page, 'Log in with a passkey').click()
  await expect(page.getByRole('alert')).toHaveText(
    'No passkey was used: the prompt of your browser was closed, timed out or found none. Try again, or choose another way.',
  )
})
