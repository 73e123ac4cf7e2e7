import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { signUp } from '../setup/actors.ts'
import { expireSudo } from '../setup/admins.ts'
import { changeRows } from '../setup/change-rows.ts'
import { button, logIn, title } from '../setup/forms.ts'
import {
  closeCodes,
  codeField,
  codeOf,
  openSetUp,
  setUpAuthenticator,
  wrongCodeOf,
} from '../setup/second-factor.ts'
import type { Server } from '../setup/start-server.ts'
import { addVirtualAuthenticator, withoutPasskeyAutofill } from '../setup/virtual-authenticator.ts'
import type { States } from './state.ts'

/** Opens the second step of a log-in. @returns the secret of the user's authenticator app */
async function openSecondStep(page: Page, server: Server) {
  const ada = await signUp(page, server, 'ada')
  const { secret } = await setUpAuthenticator(page)
  await page.context().clearCookies({ name: /session/ })
  await page.goto('/login')
  await logIn(page, ada)
  await expect(codeField(page)).toBeFocused()
  return secret
}

/** Opens the Security page of a user with an authenticator app. */
async function openWithApp(page: Page, server: Server) {
  const ada = await signUp(page, server, 'ada')
  await setUpAuthenticator(page)
  await expect(page.getByText('10 of 10 left')).toBeVisible()
  return ada
}

/** Opens the Security page of a user with a passkey. */
async function openWithPasskey(page: Page, server: Server) {
  await withoutPasskeyAutofill(page)
  const device = await addVirtualAuthenticator(page)
  const ada = await signUp(page, server, 'ada')
  await device.setPresent(true)
  await page.goto('/account/security')
  await button(page, 'Add a passkey').click()
  await closeCodes(page)
  await expect(page.getByRole('list', { name: 'Passkeys' })).toBeVisible()
  return ada
}

async function openCodes(page: Page, server: Server) {
  await signUp(page, server, 'ada')
  const secret = await openSetUp(page)
  await codeField(page).fill(await codeOf(secret))
  await button(page, 'Turn on').click()
  await expect(page.getByRole('dialog', { name: 'Save your recovery codes' })).toBeVisible()
}

/** The Security page, and the steps of a log-in that it adds. */
export const securityStates: States = {
  security: async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/security')
    await expect(button(page, 'Set up')).toBeVisible()
  },
  'security-with-app': (page, server) => openWithApp(page, server),
  'security-factor-required': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/security?factor-required')
    await expect(page.getByText('Admins need a second factor here.')).toBeVisible()
  },
  'security-few-codes-and-reset': async (page, server) => {
    const { username } = await openWithApp(page, server)
    const ofUser = '(select id from users where username = ?)'
    changeRows(
      server,
      `insert into factor_resets select user_id, 0, 4102444800000 from factors where kind = 'totp' and user_id = ${ofUser}`,
      username,
    )
    changeRows(
      server,
      `insert into one_time_secrets (hash, subject, purpose, expires_at) select 'a hash', id, 'factor-reset', 4102444800000 from users where username = ?`,
      username,
    )
    changeRows(
      server,
      `delete from recovery_codes where hash in (select hash from recovery_codes join factors on factors.id = factor_id where user_id = ${ofUser} limit 8)`,
      username,
    )
    await page.reload()
    await expect(page.getByText('You have only 2 of 10 recovery codes left.')).toBeVisible()
  },
  'authenticator-set-up': async (page, server) => {
    await signUp(page, server, 'ada')
    await openSetUp(page)
  },
  'authenticator-set-up-wrong-code': async (page, server) => {
    await signUp(page, server, 'ada')
    const secret = await openSetUp(page)
    await codeField(page).fill(await wrongCodeOf(secret))
    await button(page, 'Turn on').click()
    await expect(page.locator('[aria-invalid=true]')).toHaveCount(1)
  },
  'recovery-codes': openCodes,
  'recovery-codes-not-saved': async (page, server) => {
    await openCodes(page, server)
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog', { name: 'Have you saved the codes?' })).toBeVisible()
  },
  'authenticator-remove': async (page, server) => {
    await openWithApp(page, server)
    await button(page, 'Remove').click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  'sudo-by-code': async (page, server) => {
    expireSudo(server, await openWithApp(page, server))
    await button(page, 'Remove').click()
    await button(page.getByRole('dialog'), 'Remove').click()
    await button(page, 'Use your authenticator app').click()
    await expect(codeField(page)).toBeFocused()
  },
  'security-with-passkey': (page, server) => openWithPasskey(page, server),
  'passkey-menu': async (page, server) => {
    await openWithPasskey(page, server)
    await page.getByRole('button', { name: /^Manage passkey/ }).click()
    await expect(button(page, 'Rename')).toBeVisible()
  },
  'passkey-rename': async (page, server) => {
    await openWithPasskey(page, server)
    await page.getByRole('button', { name: /^Manage passkey/ }).click()
    await button(page, 'Rename').click()
    await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused()
  },
  'log-in-passkey-step': async (page, server) => {
    const ada = await openWithPasskey(page, server)
    await page.context().clearCookies({ name: /session/ })
    await page.goto('/login')
    await logIn(page, ada)
    await expect(button(page, 'Use your passkey')).toBeFocused()
  },
  'log-in-second-step': async (page, server) => {
    await openSecondStep(page, server)
    await expect(title(page)).toHaveText('Confirm it is you')
    await expect(page.getByRole('main').getByRole('heading')).toHaveCount(1)
  },
  'log-in-second-step-wrong-code': async (page, server) => {
    const secret = await openSecondStep(page, server)
    await codeField(page).fill(await wrongCodeOf(secret))
    await expect(page.locator('[aria-invalid=true]')).toHaveCount(1)
  },
  'log-in-recovery-code': async (page, server) => {
    await openSecondStep(page, server)
    await button(page, 'Use a recovery code').click()
    await expect(page.getByLabel('Recovery code')).toBeFocused()
  },
}
