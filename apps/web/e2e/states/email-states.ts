import { signupInput } from '@app/contract/testing'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import { changeRows } from '../setup/change-rows.ts'
import { button, title } from '../setup/forms.ts'
import type { Server } from '../setup/start-server.ts'
import type { States } from './state.ts'

/** Opens the email page of a user who entered an address and has not confirmed it. */
async function openPending(page: Page, server: Server) {
  const ada = newCredentials('ada')
  const email = `${ada.username}@example.org`
  await call(page, server, 'auth.signup', signupInput({ ...ada, email }))
  await page.goto('/account/email')
  await expect(page.getByText('Not confirmed')).toBeVisible()
  return { ...ada, email }
}

function confirmByRow(server: Server, address: string) {
  changeRows(server, 'update emails set verified_at = 1 where address = ?', address)
}

/** The email of an account, and the page of its confirmation. */
export const emailStates: States = {
  'email-none': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/email')
    await expect(title(page)).toHaveText('Email')
  },
  'email-not-confirmed': (page, server) => openPending(page, server),
  'email-change-waits': async (page, server) => {
    const { email } = await openPending(page, server)
    confirmByRow(server, email)
    await page.reload()
    await page.getByLabel('New email').fill(`${'long-'.repeat(10)}${email}`)
    await button(page, 'Send the link').click()
    await expect(page.getByText('stays in use.')).toBeVisible()
    await expect(page.getByLabel('New email')).toHaveValue('')
  },
  'email-with-errors': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/email')
    await page.getByLabel('New email').fill('nowhere')
    await button(page, 'Send the link').click()
    await expect(page.locator('[aria-invalid=true]')).toHaveCount(1)
  },
  'email-remove': async (page, server) => {
    await openPending(page, server)
    await button(page, 'Remove email').click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  'verify-email': async (page) => {
    await page.goto(`/verify-email#${'A'.repeat(43)}`)
    await expect(title(page)).toHaveText('Confirm your email')
  },
  'verify-email-dead': async (page) => {
    await page.goto(`/verify-email#${'A'.repeat(43)}`)
    await button(page, 'Confirm email').click()
    await expect(title(page)).toHaveText('This link does not work')
  },
}
