import { rateLimits } from '@app/contract'
import { product } from '@app/contract/product'
import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, devices, logInElsewhere, signUp } from '../setup/actors.ts'
import { expireSudo, logInAsAdmin } from '../setup/admins.ts'
import { deleteAuditEvents } from '../setup/audit-events.ts'
import { button, title } from '../setup/forms.ts'
import { intercept } from '../setup/intercept.ts'
import type { Server } from '../setup/start-server.ts'
import { loading, unreachable } from './list-states.ts'
import type { States } from './state.ts'

const connectionFailed = /net::ERR_FAILED/

async function openPassword(page: Page, server: Server) {
  const ada = await signUp(page, server, 'ada')
  await page.goto('/account/password')
  return { ada, form: page.getByRole('form', { name: 'Change password' }) }
}

async function openSessions(page: Page, server: Server) {
  const ada = await signUp(page, server, 'ada')
  for (const device of [devices.phone, devices.script, 'x'.repeat(400), devices.laptop]) {
    await logInElsewhere(server, ada, device)
  }
  await page.goto('/account/sessions')
  await expect(page.getByText('This device', { exact: true })).toBeVisible()
  return ada
}

async function submitCloseAccount(page: Page, server: Server, username: string) {
  await page.goto(`${server.url}/account/data`)
  await page.getByLabel('Your user name, to confirm').fill(username)
  await button(page, 'Close my account').click()
}

/** The account pages. */
export const accountStates: States = {
  account: async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account')
    await expect(title(page)).toHaveText('Profile')
  },
  'account-long-name': async (page, server) => {
    await signUp(page, server, `ada-of-${'x'.repeat(15)}`)
    await call(page, server, 'account.updateProfile', {
      name: 'Augusta Ada King, Countess of Lovelace '.repeat(2).trim(),
    })
    await page.goto('/account')
    await expect(title(page)).toHaveText('Profile')
  },
  'name-saved': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account')
    await button(page, 'Save name').click()
    await expect(page.getByRole('status')).toHaveText('Name saved.')
  },
  'password-change-with-errors': async (page, server) => {
    const { ada, form } = await openPassword(page, server)
    await form.getByLabel('Current password', { exact: true }).fill(ada.password)
    await form.getByLabel('New password', { exact: true }).fill(`${ada.username}!`)
    await button(form, 'Change password').click()
    await expect(form.getByText('This password is too close to the name')).toBeVisible()
    await expect(form.getByText('Words about you are guessed first.')).toBeVisible()
    await form.getByLabel('Current password', { exact: true }).clear()
    await button(form, 'Change password').click()
    await expect(form.locator('[aria-invalid=true]').first()).toBeVisible()
  },
  'password-change-strong': async (page, server) => {
    const { ada, form } = await openPassword(page, server)
    await form.getByLabel('New password', { exact: true }).fill(ada.password)
    await expect(form.getByText('Very hard to guess.')).toBeVisible()
  },
  'password-changed': async (page, server) => {
    const { ada, form } = await openPassword(page, server)
    await form.getByLabel('Current password', { exact: true }).fill(ada.password)
    await form.getByLabel('New password', { exact: true }).fill('seven boats in a green bay')
    await button(form, 'Change password').click()
    await expect(page.getByRole('status')).toContainText('Password changed.')
  },
  sessions: (page, server) => openSessions(page, server),
  'sessions-alone': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/sessions')
    await expect(page.getByRole('heading', { name: 'No other sessions' })).toBeVisible()
  },
  'sessions-end-others': async (page, server) => {
    await openSessions(page, server)
    await button(page, 'End all other sessions').click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  'sessions-end-declined': async (page, server) => {
    expireSudo(server, await openSessions(page, server))
    await button(page, 'End session Firefox on Windows').click()
    await button(page.getByRole('dialog'), 'Cancel').click()
    await expect(page.getByRole('alert')).toContainText('You did not confirm')
  },
  'sessions-over-already': async (page, server) => {
    // Without the event stream, which would remove the row.
    await intercept(page, '*/trpc/sessions.events*', 'hold')
    const ada = await openSessions(page, server)
    const form = { currentPassword: ada.password, newPassword: 'seven boats in a green bay' }
    await call(page, server, 'account.changePassword', form)
    await button(page, 'End session Firefox on Windows').click()
    await expect(page.getByRole('status')).toHaveText('That session had already ended.')
    await expect(page.getByRole('heading', { name: 'No other sessions' })).toBeVisible()
  },
  'sessions-failed': unreachable('sessions.list', '/account/sessions'),
  activity: async (page, server) => {
    const ada = await signUp(page, server, 'ada')
    await logInElsewhere(server, ada, devices.phone)
    await logInElsewhere(server, ada, devices.script)
    await page.goto('/account/activity')
    await expect(page.getByText('You signed up.')).toBeVisible()
  },
  'activity-empty': async (page, server) => {
    deleteAuditEvents(server, await signUp(page, server, 'ada'))
    await page.goto('/account/activity')
    await expect(page.getByRole('heading', { name: 'No activity' })).toBeVisible()
  },
  'activity-more-failed': {
    allowedErrors: connectionFailed,
    async open(page, server) {
      const ada = await signUp(page, server, 'ada')
      for (let times = 0; times < 20; times += 1) await logInElsewhere(server, ada, devices.phone)
      await page.goto('/account/activity')
      await expect(button(page, 'Load more')).toBeVisible()
      await intercept(page, '*/trpc/*account.activity*', 'fail')
      await button(page, 'Load more').click()
      await expect(page.getByRole('alert')).toContainText('The server cannot be reached.')
    },
  },
  'activity-loading': loading('account.activity', '/account/activity', 'Loading your activity'),
  data: async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account/data')
    await expect(title(page)).toHaveText('Your data')
  },
  'data-with-errors': async (page, server) => {
    expireSudo(server, await signUp(page, server, 'ada'))
    await submitCloseAccount(page, server, 'grace')
    const closing = page.getByRole('form', { name: 'Close your account' })
    await expect(closing.getByText('This is not your user name')).toBeVisible()
    await button(page, 'Download my data').click()
    await button(page.getByRole('dialog'), 'Cancel').click()
    await expect(page.getByRole('alert').filter({ hasText: 'Nothing was downloaded' })).toBeVisible()
  },
  'data-export-limited': {
    settings: { LIMITS: 'default' },
    async open(page, server) {
      await signUp(page, server, 'ada')
      for (let times = 0; times < rateLimits.exportsPerUser.points; times += 1) {
        await page.request.get(`${server.url}/trpc/account.export`)
      }
      await page.goto(`${server.url}/account/data`)
      await button(page, 'Download my data').click()
      await expect(page.getByRole('alert')).toContainText('Too many attempts. Try again in ')
    },
  },
  'data-last-admin': {
    settings: {},
    async open(page, server) {
      const admin = await logInAsAdmin(page, server)
      await submitCloseAccount(page, server, admin.username)
      await expect(page.getByRole('alert')).toContainText('You are the only admin')
    },
  },
  'account-closed': async (page, server) => {
    const { username } = await signUp(page, server, 'ada')
    await submitCloseAccount(page, server, username)
    await expect(page.getByRole('status')).toHaveText('Your account is closed and its data is deleted.')
    await expect(title(page)).toHaveText(`Welcome to ${product.name}`)
  },
}
