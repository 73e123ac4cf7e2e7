import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import type { Credentials } from '../setup/actors.ts'
import { failCalls } from '../setup/fail-calls.ts'
import {
  button,
  lockScreen,
  lockScreenLoginFailure,
  logOut,
  title,
  unlockWithPassword,
} from '../setup/forms.ts'
import { intercept } from '../setup/intercept.ts'
import type { Server } from '../setup/start-server.ts'
import type { States } from '../states/state.ts'
import { draftNote, note } from './note-page.ts'

/** Opens an unsaved note and ends the session. */
async function openWithEndedSession(page: Page, server: Server): Promise<Credentials> {
  const ada = await signUp(page, server, 'ada')
  await call(page, server, 'notes.create', { title: 'Groceries', body: 'Flour' })
  await page.goto(server.url)
  await expect(note(page, 'Groceries')).toBeVisible()
  await draftNote(page, 'Postcards', 'One for the neighbours')
  await page.context().clearCookies()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(lockScreen(page)).toBeVisible()
  return ada
}

/** Fails so often that the next log-in is rejected, even with the right password. */
async function reachLoginLimit(page: Page, server: Server, { username }: Credentials): Promise<void> {
  const data = { username, password: 'not the password' }
  for (let times = 0; times <= 5; times += 1)
    await page.request.post(`${server.url}/trpc/auth.login`, { data })
  // Freezes the countdown for the picture.
  await page.clock.setFixedTime(Date.now())
}

/** The lock screen, and log-ins that have to wait. */
export const sessionStates: States = {
  'lock-screen': (page, server) => openWithEndedSession(page, server),
  'lock-screen-login-failed': async (page, server) => {
    const ada = await openWithEndedSession(page, server)
    await unlockWithPassword(page, { ...ada, password: 'not the password' })
    await expect(lockScreen(page).getByRole('alert')).toHaveText(lockScreenLoginFailure)
  },
  'lock-screen-rate-limited': {
    settings: { LIMITS: 'default' },
    async open(page, server) {
      const ada = await openWithEndedSession(page, server)
      await reachLoginLimit(page, server, ada)
      await unlockWithPassword(page, ada)
      await expect(lockScreen(page).getByText(/^Try again in 0:\d\d$/)).toBeVisible()
    },
  },
  'lock-screen-after-log-out-in-another-tab': async (page, server) => {
    await signUp(page, server, 'ada')
    await page.goto('/account')
    await expect(title(page)).toHaveText('Profile')
    const second = await page.context().newPage()
    await second.goto('/')
    await logOut(second)
    await expect(lockScreen(page).getByRole('status')).toContainText('in another tab')
    await second.close()
  },
  'session-unconfirmed': {
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.goto('/account')
      await expect(title(page)).toHaveText('Profile')
      await intercept(page, '*/trpc/*auth.session*', 'fail')
      const second = await page.context().newPage()
      await second.goto('/users')
      await second.evaluate(() => new BroadcastChannel('session').postMessage('signed-in'))
      await second.close()
      const dialog = page.getByRole('dialog', { name: 'One moment' })
      await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached.')
      await expect(dialog).toHaveCSS('opacity', '1')
    },
  },
  'log-in-rate-limited': {
    settings: { LIMITS: 'default' },
    async open(page, server) {
      const unknown = newCredentials('unknown')
      await page.goto(`${server.url}/login`)
      await reachLoginLimit(page, server, unknown)
      await page.getByLabel('User name').fill(unknown.username)
      await page.getByLabel('Password', { exact: true }).fill(unknown.password)
      await button(page, 'Log in').click()
      await expect(page.getByRole('alert')).toContainText('Too many attempts.')
      await expect(page.getByText(/^Try again in 0:\d\d$/)).toBeVisible()
    },
  },
  'notes-unavailable': {
    allowedErrors: /status of 503/,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await failCalls(page, 'notes.list', { reason: 'UNAVAILABLE', retryAfterSeconds: 95 })
      await page.clock.setFixedTime(Date.now())
      await page.goto('/')
      await expect(page.getByRole('alert')).toContainText('Try again in 1:35.')
    },
  },
}
