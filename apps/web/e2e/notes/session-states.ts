import { expect } from '@playwright/test'
import type { Page } from '@playwright/test'
import { call, newCredentials, signUp } from '../setup/actors.ts'
import type { Credentials } from '../setup/actors.ts'
import { failCalls } from '../setup/fail-calls.ts'
import { button, unlockWithPassword, lockScreen, title, lockScreenLoginFailure } from '../setup/forms.ts'
import type { Server } from '../setup/start-server.ts'
import type { State } from '../states/state.ts'
import { draftNote, note } from './note-page.ts'

/** A page with something to hide, whose session ends. */
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

/** As often as makes even the right password wait, and once more on the page. */
async function reachLoginLimit(page: Page, server: Server, { username }: Credentials): Promise<void> {
  const data = { username, password: 'not the password' }
  for (let times = 0; times <= 5; times += 1)
    await page.request.post(`${server.url}/trpc/auth.login`, { data })
  // The seconds stand still for the picture.
  await page.clock.setFixedTime(Date.now())
}

/** What becomes of a page whose session ends, and of whoever has to wait. */
export const sessionStates: State[] = [
  {
    name: 'log-in-over',
    async open(page, server) {
      await openWithEndedSession(page, server)
    },
  },
  {
    name: 'log-in-over-failed',
    async open(page, server) {
      const ada = await openWithEndedSession(page, server)
      await unlockWithPassword(page, { ...ada, password: 'not the password' })
      await expect(lockScreen(page).getByRole('alert')).toHaveText(lockScreenLoginFailure)
    },
  },
  {
    name: 'log-in-over-later',
    settings: { LIMITS: 'default' },
    async open(page, server) {
      const ada = await openWithEndedSession(page, server)
      await reachLoginLimit(page, server, ada)
      await unlockWithPassword(page, ada)
      await expect(lockScreen(page).getByRole('alert')).toContainText(/Try again in 0:\d\d\./)
    },
  },
  {
    name: 'log-in-over-after-log-out-elsewhere',
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.goto('/account')
      await expect(title(page)).toHaveText('Profile')
      const second = await page.context().newPage()
      await second.goto('/')
      await button(second, 'Log out').click()
      await expect(lockScreen(page).getByRole('status')).toContainText('in another tab')
      await second.close()
    },
  },
  {
    name: 'session-unsure',
    allowedErrors: /net::ERR_FAILED/,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await page.goto('/account')
      await expect(title(page)).toHaveText('Profile')
      await page.route('**/trpc/*auth.session*', (route) => route.abort())
      const second = await page.context().newPage()
      await second.goto('/users')
      await second.evaluate(() => new BroadcastChannel('session').postMessage('signed-in'))
      await second.close()
      const dialog = page.getByRole('dialog', { name: 'One moment' })
      await expect(dialog.getByRole('alert')).toContainText('The server cannot be reached.')
      await expect(dialog).toHaveCSS('opacity', '1')
    },
  },
  {
    name: 'log-in-later',
    settings: { LIMITS: 'default' },
    async open(page, server) {
      const nobody = newCredentials('nobody')
      await page.goto(`${server.url}/login`)
      await reachLoginLimit(page, server, nobody)
      await page.getByLabel('User name').fill(nobody.username)
      await page.getByLabel('Password', { exact: true }).fill(nobody.password)
      await button(page, 'Log in').click()
      await expect(page.getByRole('alert')).toContainText(/Too many attempts. Try again in 0:\d\d\./)
    },
  },
  {
    name: 'notes-later',
    allowedErrors: /status of 503/,
    async open(page, server) {
      await signUp(page, server, 'ada')
      await failCalls(page, 'notes.list', { reason: 'UNAVAILABLE', retryAfterSeconds: 95 })
      await page.clock.setFixedTime(Date.now())
      await page.goto('/')
      await expect(page.getByRole('alert')).toContainText('Try again in 1:35.')
    },
  },
]
