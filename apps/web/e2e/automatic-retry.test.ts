import { signUp } from './setup/actors.ts'
import { button, title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

test('automatic retry: immediately when the network returns, and after a pause', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  await signUp(page, server, 'ada')
  const list = page.getByRole('table', { name: 'Users' })
  const alert = page.getByRole('alert')
  await page.clock.install()
  await page.route(/\/trpc\/users\.list|\/readyz/, (route) => route.abort())
  await page.goto('/users')
  await expect(alert).toContainText('The server cannot be reached.')
  await page.unrouteAll()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(list).toContainText('ada-')
  await expect(alert).toBeHidden()

  // A page that failed as a whole recovers without a click.
  await page.route(/\/trpc\/auth\.session|\/readyz/, (route) => route.abort())
  await page.goto('/account')
  await expect(title(page)).toHaveText('This page cannot be shown')
  await page.clock.fastForward(3_000)
  await expect(button(page, 'Try again')).toBeVisible()
  await page.unrouteAll()
  await page.clock.fastForward(6_000)
  await expect(title(page)).toHaveText('Profile')
})
