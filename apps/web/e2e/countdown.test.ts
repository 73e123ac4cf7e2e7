import type { Locator } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { button, logIn } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('login: a wait counts down by the clock and sends nothing at its end', async ({
  page,
  openBrowser,
  servers,
}) => {
  const server = await servers.acquire({ LIMITS: 'default' })
  const ada = await signUp(await openBrowser(), server, 'ada')
  const sent: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname)
  })
  await page.clock.install()
  await page.goto(`${server.url}/login`)
  for (let times = 0; times < 5; times += 1) {
    await logIn(page, { ...ada, password: 'not the password of ada' })
    await expect(page.getByRole('alert')).toHaveText('Wrong user name or password.')
    await expect(button(page, 'Log in')).toHaveAttribute('aria-busy', 'false')
  }
  await logIn(page, { ...ada, password: 'not the password of ada' })
  await expect(page.getByRole('alert')).toContainText('Too many attempts.')
  const wait = page.getByRole('alert').getByRole('status')
  await expect(page.getByRole('alert')).toBeFocused()
  await expect(wait).toContainText(/Try again in 0:(?:30|[12]\d)\..*Try again in \d\d seconds\./)
  const announced = await wait.locator('[class*=hidden]').textContent()

  // The test sets the time from here on.
  await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000)
  const left = await secondsLeft(wait)
  await page.clock.fastForward(5_000)
  expect(await secondsLeft(wait)).toBe(left - 5)
  // The announced text has not changed, so screen readers are not interrupted.
  await expect(wait.locator('[class*=hidden]')).toHaveText(announced ?? '')
  await page.clock.fastForward((left - 15) * 1_000)
  await expect(wait.locator('[class*=hidden]')).toHaveText('Try again in 10 seconds.')
  // As after the sleep of a computer.
  await page.clock.fastForward(60_000)
  await expect(wait).toHaveText('You can try again now.')
  await expect(page.getByLabel('User name')).toHaveValue(ada.username)
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('not the password of ada')
  expect(sent).toEqual(Array.from({ length: 6 }, () => '/trpc/auth.login'))
})

async function secondsLeft(wait: Locator): Promise<number> {
  const [, seconds] = /Try again in 0:(\d\d)\./.exec((await wait.textContent()) ?? '') ?? []
  return Number(seconds)
}
