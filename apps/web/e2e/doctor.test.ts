import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { signupInput } from '@app/contract/testing'
import type { Page } from '@playwright/test'
import { servePages } from './setup/serve-pages.ts'
import { startServer } from './setup/start-server.ts'
import { expect, test } from './setup/test.ts'

const root = fileURLToPath(new URL('other-origin', import.meta.url))
const command = fileURLToPath(new URL('../../cli/bin/cli.mjs', import.meta.url))

/** The hosts of page and server, and whether the cookie of each setting travels between them. */
const pairs = [
  ['localhost', 'localhost', { lax: true, none: true }],
  ['127.0.0.1', '127.0.0.1', { lax: true, none: true }],
  ['127.0.0.1', 'localhost', { lax: false, none: true }],
  ['localhost', '127.0.0.1', { lax: false, none: true }],
  ['app.localhost', 'localhost', { lax: false, none: true }],
] as const

for (const sameSite of ['lax', 'none'] as const) {
  test(`doctor: says of COOKIE_SAMESITE=${sameSite} what the browser does`, async ({
    page,
    pageErrors,
    afterPages,
  }) => {
    // Calls without the cookie are refused.
    pageErrors.allow(/Failed to load resource/)
    const pages = afterPages.use(await servePages(root))
    const origins = `${pages.origins},http://app.localhost:${pages.port}`
    const server = afterPages.use(await startServer({ ALLOWED_ORIGINS: origins, COOKIE_SAMESITE: sameSite }))
    for (const [pageHost, serverHost, travels] of pairs) {
      const url = new URL(server.url)
      url.hostname = serverHost
      const origin = `http://${pageHost}:${pages.port}`
      await page.goto(`${origin}/?server=${url.origin}`)
      await page.waitForFunction(() => 'client' in window)
      const found = {
        pair: [pageHost, serverHost],
        browser: await keepsSession(page),
        doctor: await saysItTravels(url.origin, origin),
      }
      const expected = travels[sameSite]
      expect(found).toEqual({ pair: [pageHost, serverHost], browser: expected, doctor: expected })
    }
  })
}

/** Signs a user up, and says whether the next call has the session. */
async function keepsSession(page: Page): Promise<boolean> {
  return page.evaluate(
    async (account) => {
      const { client } = window
      await client.auth.signup.mutate(account)
      return (await client.auth.session.query()) !== null
    },
    signupInput({ username: `user-${Date.now()}` }),
  )
}

async function saysItTravels(server: string, page: string): Promise<boolean> {
  const words = ['doctor', '--json', '--server', server, '--page', page]
  const { promise, resolve } = Promise.withResolvers<string>()
  // It ends with 1 when a check fails.
  execFile(process.execPath, [command, ...words], (_error, stdout) => resolve(stdout))
  const { findings } = JSON.parse(await promise) as { findings: { check: string; status: string }[] }
  const cookie = findings.find(({ check }) => check === 'cookie')
  const origin = findings.find(({ check }) => check === 'origin')
  expect(origin?.status).toBe('ok')
  return cookie?.status === 'ok' || cookie?.status === 'warn'
}
