import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { signUp } from './setup/actors.ts'
import { servePages } from './setup/serve-pages.ts'
import type { Pages } from './setup/serve-pages.ts'
import { startServer } from './setup/start-server.ts'
import type { Server } from './setup/start-server.ts'
import { expect, test } from './setup/test.ts'

const root = fileURLToPath(new URL('../../../examples/cross-origin', import.meta.url))

/**
 * Serves the example unchanged but for the port: its pages call a server with default settings, and the one
 * of a test has another port.
 */
async function serveExample(): Promise<Pages & { call: (server: Server) => void }> {
  let port = '8087'
  const pages = await servePages(root, [
    {
      name: 'app:server-port',
      transform: (code, id) => (id.endsWith('/config.js') ? code.replaceAll(':8087', `:${port}`) : null),
    },
  ])
  return Object.assign(pages, { call: ({ url }: Server) => void ({ port } = new URL(url)) })
}

async function logIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('GitHub ID:').fill(username)
  await page.getByLabel('Password:').fill(password)
  await page.getByRole('button', { name: 'Login' }).click()
}

for (const host of ['localhost', '127.0.0.1']) {
  test(`tutorial page: logs in, lists users and logs out from another port of ${host}`, async ({
    page,
    openBrowser,
    pageErrors,
    afterPages,
  }) => {
    pageErrors.allow(/status of 401/)
    const pages = afterPages.use(await serveExample())
    const server = afterPages.use(await startServer({ ALLOWED_ORIGINS: pages.origins }))
    pages.call(server)
    const { username, password } = await signUp(await openBrowser(), server, 'grace')
    await page.goto(`http://${host}:${pages.port}/index.html`)
    await logIn(page, username, 'four keys on one ring')
    await expect(page.getByRole('alert')).toHaveText('Login error: 401')

    await logIn(page, username, password)
    await expect(page).toHaveURL(`http://${host}:${pages.port}/account.html`)
    const status = page.getByRole('status')
    await expect(status).toHaveText(`You are logged in as ${username}.`)
    await expect(page.getByRole('list', { name: 'Users' })).toContainText(`(${username})`)
    await page.reload()
    await expect(status).toHaveText(`You are logged in as ${username}.`)

    await page.getByRole('button', { name: 'Log out' }).click()
    await expect(status).toHaveText('Successfully logged out.')
    await page.reload()
    await expect(status).toHaveText('Authentication Token is missing!')
  })
}

test('tutorial page: says that its origin is not allowed', async ({ page, pageErrors, afterPages }) => {
  pageErrors.allow(/blocked by CORS policy|Failed to load resource/)
  const pages = afterPages.use(await serveExample())
  const server = afterPages.use(await startServer())
  pages.call(server)
  await page.goto(`http://localhost:${pages.port}/index.html`)
  await logIn(page, 'grace', 'three keys on one ring')
  await expect(page.getByRole('alert')).toHaveText(
    'Possible CORS or service down error: TypeError: Failed to fetch',
  )
})
