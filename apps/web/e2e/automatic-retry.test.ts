import type { Page } from '@playwright/test'
import { call, signUp } from './setup/actors.ts'
import { failCalls } from './setup/fail-calls.ts'
import { button, title } from './setup/forms.ts'
import { removeRoutes } from './setup/remove-routes.ts'
import { startProvider } from './setup/start-provider.ts'
import { startServer } from './setup/start-server.ts'
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
  await removeRoutes(page)
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  await expect(list).toContainText('ada-')
  await expect(alert).toBeHidden()

  // A page that failed as a whole recovers without a click.
  await page.route(/\/trpc\/auth\.session|\/readyz/, (route) => route.abort())
  await page.goto('/account')
  await expect(title(page)).toHaveText('This page cannot be shown')
  await page.clock.fastForward(3_000)
  await expect(button(page, 'Try again')).toBeVisible()
  await removeRoutes(page)
  await page.clock.fastForward(6_000)
  await expect(title(page)).toHaveText('Profile')
})

test('automatic retry: at the end of a wait that the server asked for, and not before', async ({
  page,
  server,
  pageErrors,
}) => {
  pageErrors.allow(/status of 429/)
  await signUp(page, server, 'ada')
  await page.clock.install()
  await failCalls(page, 'users.list', { reason: 'RATE_LIMITED', retryAfterSeconds: 30 })
  await page.goto('/users')
  const list = page.getByRole('table', { name: 'Users' })
  await expect(page.getByRole('alert')).toContainText('Try again in')
  await removeRoutes(page)
  await page.clock.fastForward(15_000)
  await expect(page.getByRole('alert')).toContainText('Try again in')
  await expect(list).toBeHidden()
  await page.clock.fastForward(30_000)
  await expect(list).toContainText('ada-')
})

const returned = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')))

for (const { path, label, procedure } of [
  { path: '/account/tokens', label: 'Access tokens', procedure: 'tokens.list' },
  { path: '/account/activity', label: 'Activity', procedure: 'account.activity' },
]) {
  test(`automatic retry: ${path} follows the server after a refetch that failed`, async ({
    page,
    server,
    pageErrors,
  }) => {
    pageErrors.allow(/net::ERR_FAILED/)
    await signUp(page, server, 'ada')
    const create = (name: string) => call(page, server, 'tokens.create', { name, scopes: ['account:read'] })
    await create('Backup')
    await page.clock.install()
    await page.goto(path)
    const rows = page.getByRole('list', { name: label })
    await expect(rows).toContainText('Backup')
    await page.route(/\/trpc\/|\/readyz/, (route) => route.abort())
    await create('Script')
    const failed = page.waitForEvent('requestfailed', (request) => request.url().includes(procedure))
    // Younger values are not refetched.
    await page.clock.fastForward(6_000)
    await page.evaluate(() => window.dispatchEvent(new Event('focus')))
    await failed
    await removeRoutes(page)
    await returned(page)
    await expect(rows).toContainText('Script')
    await expect(rows).toContainText('Backup')
  })
}

test('automatic retry: other ways to log in, and the choice of a user name, appear when the server is back', async ({
  page,
  pageErrors,
  afterPages,
}) => {
  pageErrors.allow(/net::ERR_FAILED/)
  const provider = afterPages.use(await startProvider())
  const server = afterPages.use(await startServer(provider.settings))
  provider.register(server.url)
  const follow = page.getByRole('link', { name: 'Continue with Acme' })
  const calls = /\/trpc\/[^?]*(?:auth\.options|identities\.pending)|\/readyz/
  await page.route(calls, (route) => route.abort())
  await page.goto(`${server.url}/login`, { waitUntil: 'networkidle' })
  await removeRoutes(page)
  await returned(page)
  await follow.click()
  await expect(page.getByLabel('User name')).toHaveValue('ada')

  await page.route(calls, (route) => route.abort())
  await page.reload()
  await expect(title(page)).toHaveText('This page cannot be shown')
  await expect(page.getByRole('alert')).toContainText('The server cannot be reached.')
  await removeRoutes(page)
  await returned(page)
  await expect(page.getByLabel('User name')).toHaveValue('ada')
})
