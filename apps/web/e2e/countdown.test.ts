import type { Locator } from '@playwright/test'
import { newCredentials, signUp } from './setup/actors.ts'
import { failCalls } from './setup/fail-calls.ts'
import { button, logIn, submitWithoutButton, title } from './setup/forms.ts'
import { removeRoutes } from './setup/remove-routes.ts'
import { startTitle } from './setup/start-title.ts'
import { expect, test } from './setup/test.ts'

test('login: a wait counts down by the clock and sends nothing at its end', async ({ page }) => {
  const ada = newCredentials('ada')
  const sent: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    // Log-in forms ask for a challenge, so that the browser can suggest passkeys.
    if (request.method() === 'POST' && pathname !== '/trpc/auth.passkeyOptions') sent.push(pathname)
  })
  // The server's own wait would go on while a busy machine gets here.
  await failCalls(page, 'auth.login', { reason: 'RATE_LIMITED', retryAfterSeconds: 59 })
  await page.clock.install()
  await page.goto('/login')
  await logIn(page, { ...ada, password: 'not the password of ada' })
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('Too many attempts. Wait, or log in on another device')
  await expect(alert).toBeFocused()
  const submit = page.getByRole('form', { name: 'Log in' }).locator('[type=submit]')
  const clock = submit.getByText(/^Try again in 0:\d\d$/)
  await expect(clock).toBeVisible()
  await expect(submit).toHaveAttribute('aria-disabled', 'true')
  const announced = alert.getByRole('status')
  const sentence = (await announced.textContent()) ?? ''
  expect(sentence).toMatch(/^Try again in \d\d seconds\.$/)

  // Enter does not send either, nor does a password manager, which needs no button.
  await page.getByLabel('Password', { exact: true }).press('Enter')
  await submitWithoutButton(page.getByRole('form', { name: 'Log in' }))

  // The test sets the time from here on.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 5_000)
  const left = await secondsLeft(clock)
  await page.clock.fastForward(5_000)
  expect(await secondsLeft(clock)).toBe(left - 5)
  // The announced text has not changed, so screen readers are not interrupted.
  await expect(announced).toHaveText(sentence)
  await page.clock.fastForward((left - 15) * 1_000)
  await expect(announced).toHaveText('Try again in 10 seconds.')
  // As after the sleep of a computer.
  await page.clock.fastForward(60_000)
  await expect(announced).toHaveText('You can try again now.')
  await expect(button(page, 'Log in')).toHaveAttribute('aria-disabled', 'false')
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('not the password of ada')
  expect(sent).toEqual(['/trpc/auth.login'])
})

test('login: a wait survives a reload, and ends for another user name or after a log-in', async ({
  page,
  server,
}) => {
  const [ada, ben] = [await signUp(page, server, 'ada'), newCredentials('ben')]
  await page.context().clearCookies()
  await failCalls(page, 'auth.login', { reason: 'RATE_LIMITED', retryAfterSeconds: 582 })
  await page.goto('/login')
  await logIn(page, ada)
  const clock = page.getByText(/^Try again in 9:\d\d$/)
  await expect(clock).toBeVisible()
  await page.reload()
  await expect(clock).toBeVisible()
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
  await expect(page.getByRole('alert')).toContainText('Too many attempts.')
  // A page that opens takes the focus from nothing.
  await expect(page.getByRole('alert')).not.toBeFocused()

  await page.getByLabel('User name').fill(ben.username)
  await expect(button(page, 'Log in')).toHaveAttribute('aria-disabled', 'false')
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.reload()
  await expect(button(page, 'Log in')).toHaveAttribute('aria-disabled', 'false')
  await removeRoutes(page)
  await logIn(page, ada)
  await expect(title(page)).toHaveText(startTitle)
  await expect.poll(() => page.evaluate(() => sessionStorage.getItem('login-wait'))).toBeNull()
})

async function secondsLeft(clock: Locator): Promise<number> {
  const [, seconds] = /^Try again in 0:(\d\d)$/.exec((await clock.textContent()) ?? '') ?? []
  return Number(seconds)
}
