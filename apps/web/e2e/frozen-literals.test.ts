import { signUp } from './setup/actors.ts'
import { expect, test } from './setup/test.ts'

// Names that browsers store, and that tabs of an older version use beside a newer one.
test('frozen literals: the stored theme, the stream lock and the tab channel keep their names', async ({
  page,
  context,
  server,
}) => {
  await signUp(page, server, 'ada')
  await page.goto('/account')
  await page.evaluate(() => localStorage.setItem('theme', 'dark'))
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')

  const locks = () => page.evaluate(async () => (await navigator.locks.query()).held?.map(({ name }) => name))
  await expect.poll(locks).toContain('session-stream')

  const older = await context.newPage()
  await older.goto('/livez')
  await older.evaluate(() => new BroadcastChannel('session').postMessage('account-closed'))
  await expect(page).toHaveURL('/')
})
