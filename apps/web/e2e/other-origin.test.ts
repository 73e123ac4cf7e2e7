import { fileURLToPath } from 'node:url'
import { signupInput } from '@app/contract/testing'
import type { Page } from '@playwright/test'
import { servePages } from './setup/serve-pages.ts'
import type { Pages } from './setup/serve-pages.ts'
import { startServer } from './setup/start-server.ts'
import { expect, test } from './setup/test.ts'

/** The hosts of page and server. Each pair is two origins; the second list is two sites as well. */
const sameSite = [
  ['localhost', 'localhost'],
  ['127.0.0.1', '127.0.0.1'],
] as const
const crossSite = [
  ['localhost', '127.0.0.1'],
  ['127.0.0.1', 'localhost'],
] as const

const root = fileURLToPath(new URL('other-origin', import.meta.url))

test('other port: the typed client signs up, calls, receives events, logs out and in with the default cookies', async ({
  page,
  afterPages,
}) => {
  const pages = afterPages.use(await servePages(root))
  const server = afterPages.use(await startServer({ ALLOWED_ORIGINS: pages.origins }))
  for (const [pageHost, serverHost] of sameSite)
    expect(await useClient(page, pages, server.url, pageHost, serverHost)).toEqual(worked)
})

test('other site: the typed client does the same with COOKIE_SAMESITE=none', async ({ page, afterPages }) => {
  const pages = afterPages.use(await servePages(root))
  const server = afterPages.use(
    await startServer({ ALLOWED_ORIGINS: pages.origins, COOKIE_SAMESITE: 'none' }),
  )
  for (const [pageHost, serverHost] of [...sameSite, ...crossSite])
    expect(await useClient(page, pages, server.url, pageHost, serverHost)).toEqual(worked)
})

test('other origin: a page that is not allowed cannot call', async ({ page, pageErrors, afterPages }) => {
  pageErrors.allow(/blocked by CORS policy|Failed to load resource/)
  const pages = afterPages.use(await servePages(root))
  const server = afterPages.use(await startServer())
  await openPage(page, pages, server.url, 'localhost', 'localhost')
  const message = await page.evaluate(() =>
    window.client.auth.options.query().then(
      () => 'called',
      (error: Error) => error.message,
    ),
  )
  expect(message).toBe('Failed to fetch')
})

const worked = { username: 'as typed', events: 'started', between: null, again: 'as typed', after: null }

async function openPage(
  page: Page,
  { port }: Pages,
  serverUrl: string,
  pageHost: string,
  serverHost: string,
): Promise<void> {
  const url = new URL(serverUrl)
  url.hostname = serverHost
  await page.goto(`http://${pageHost}:${port}/?server=${url.origin}`)
  await page.waitForFunction(() => 'client' in window)
}

/** Uses the client of a page: each call needs the cookie of the one before. */
async function useClient(page: Page, ...where: [Pages, string, string, string]): Promise<object> {
  await openPage(page, ...where)
  const input = signupInput({ username: `user-${Date.now()}` })
  const result = await page.evaluate(async (account) => {
    const { client } = window
    await client.auth.signup.mutate(account)
    const me = await client.account.me.query()
    // A stream sends the cookie too.
    const { promise: started, resolve } = Promise.withResolvers<string>()
    const stream = client.sessions.events.subscribe(undefined, {
      onStarted: () => resolve('started'),
      onError: (error) => resolve(error.message),
    })
    const events = await started
    stream.unsubscribe()
    await client.auth.logout.mutate()
    const between = await client.auth.session.query()
    await client.auth.login.mutate({ username: account.username, password: account.password })
    const { username: again } = await client.account.me.query()
    await client.auth.logout.mutate()
    return { username: me.username, events, between, again, after: await client.auth.session.query() }
  }, input)
  const shown = (username: string) => (username === input.username ? worked.username : username)
  return { ...result, username: shown(result.username), again: shown(result.again) }
}
