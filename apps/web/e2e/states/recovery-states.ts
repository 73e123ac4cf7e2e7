import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { signUp } from '../setup/actors.ts'
import { button, title } from '../setup/forms.ts'
import { issueRecoveryLink } from '../setup/recovery-link.ts'
import type { Server } from '../setup/start-server.ts'
import type { States } from './state.ts'

async function openLink(page: Page, server: Server) {
  const ada = await signUp(page, server, 'ada')
  await page.goto(await issueRecoveryLink(page, server))
  await expect(title(page)).toHaveText('Choose a new password')
  return ada
}

/** A server that other machines can reach, without SMTP. */
const exposed = {
  TRUST_PROXY: '1',
  PUBLIC_URL: 'https://accounts.example.org',
  AUTH_SECRETS: 'a secret for this test only and for no other server',
  PASSWORD_HASH_COST: '10',
  LIMITS: 'default',
  DRAIN_DELAY: '0s',
}

/** Password recovery. */
export const recoveryStates: States = {
  'forgot-password': async (page) => {
    await page.goto('/forgot-password')
    await expect(title(page)).toHaveText('Forgot your password?')
  },
  'forgot-password-check-mail': async (page) => {
    await page.goto('/forgot-password')
    await page.getByLabel('User name or email').fill('ada.lovelace@a-long-domain-name.example.org')
    await button(page, 'Send the link').click()
    await expect(title(page)).toHaveText('Check your mail')
    await expect(page.getByRole('link', { name: 'read its mails here' })).toBeVisible()
  },
  'forgot-password-no-mail': {
    settings: { ...exposed, SUPPORT_CONTACT: 'mailto:help@example.org' },
    async open(page, server) {
      await page.goto(`${server.url}/forgot-password`)
      await expect(page.getByText('This installation sends no mail.')).toBeVisible()
    },
  },
  'reset-password': (page, server) => openLink(page, server),
  'reset-password-with-errors': async (page, server) => {
    await openLink(page, server)
    await page.getByLabel('New password', { exact: true }).fill('password1')
    await button(page, 'Change password').click()
    await expect(page.getByText('This password is common')).toBeVisible()
  },
  'reset-password-done': async (page, server) => {
    await openLink(page, server)
    await page.getByLabel('New password', { exact: true }).fill('seven boats in a green bay')
    await button(page, 'Change password').click()
    await expect(title(page)).toHaveText('Your password is changed')
  },
  'reset-password-dead': async (page) => {
    await page.goto(`/reset-password#${'A'.repeat(43)}`)
    await expect(title(page)).toHaveText('This link does not work')
  },
}
