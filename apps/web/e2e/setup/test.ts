import { isDeepStrictEqual } from 'node:util'
import { test as base, expect } from '@playwright/test'
import type { BrowserContext, Page, PlaywrightTestOptions } from '@playwright/test'
import { chromiumArguments } from './chromium.ts'
import type { Chromium } from './chromium.ts'
import { findChromium } from './find-chromium.ts'
import { watchPageErrors } from './page-errors.ts'
import type { PageErrors } from './page-errors.ts'
import { createProfiles } from './profiles.ts'
import type { Profiles } from './profiles.ts'
import { Servers } from './servers.ts'
import { startServer } from './start-server.ts'
import type { Server } from './start-server.ts'

interface WorkerFixtures {
  /** Null when this machine has none. */
  chromium: Chromium | null
  /** The server that the tests of a worker share. Each test signs up its own users. */
  server: Server
  /** Servers with other settings or an empty database. */
  servers: Servers
  profiles: Profiles
}

interface TestFixtures {
  /** Skips the test when there is no browser, before other fixtures start. */
  needsBrowser: void
  /** Fails the test when a browser reported an error that the test did not allow. */
  pageErrors: PageErrors
  /** A server with an empty database, for one test at a time. The test may stop and start it. */
  ownServer: Server
  /** True gives the test a new profile with an empty cache. For tests of which files a page loads when. */
  isFirstVisit: boolean
  /** Ends what a test starts for itself after its pages are closed: a page may still load files. */
  afterPages: AsyncDisposableStack
  acquireProfile: () => Promise<BrowserContext>
  /** Opens a page in a separate profile, as another device would. */
  openBrowser: () => Promise<Page>
}

export { expect }

export const test = base.extend<TestFixtures, WorkerFixtures>({
  chromium: [({}, use) => findChromium(process.env).then(use), { scope: 'worker' }],

  launchOptions: [
    ({ chromium }, use) =>
      use(
        chromium === null
          ? {}
          : {
              executablePath: chromium.executablePath,
              args: chromiumArguments,
              env: { ...withoutUndefined(process.env), ...chromium.env },
            },
      ),
    { scope: 'worker' },
  ],

  server: [
    async ({}, use) => {
      await using server = await startServer()
      await use(server)
    },
    { scope: 'worker' },
  ],

  servers: [
    async ({}, use) => {
      await using servers = new Servers()
      await use(servers)
    },
    { scope: 'worker' },
  ],

  profiles: [
    ({ browser, server }, use, { project }) =>
      use(
        createProfiles(browser, `${server.url}/livez`, {
          ...project.use.contextOptions,
          baseURL: server.url,
          viewport: project.use.viewport ?? null,
        }),
      ),
    { scope: 'worker' },
  ],

  isFirstVisit: [false, { option: true }],

  afterPages: async ({}, use) => {
    await using stack = new AsyncDisposableStack()
    await use(stack)
  },

  acquireProfile: async ({ profiles, afterPages: _endsLater }, use) => {
    await use(() => profiles.acquire())
    await profiles.releaseAll()
  },

  context: async ({ browser, isFirstVisit, acquireProfile }, use) => {
    if (!isFirstVisit) return use(await acquireProfile())
    await using context = await browser.newContext()
    await use(context)
  },

  page: async ({ context, viewport, colorScheme }, use) =>
    use(await openPage(context, { viewport, colorScheme })),

  baseURL: ({ server }, use) => use(server.url),

  needsBrowser: [
    async ({ chromium }, use, testInfo) => {
      testInfo.skip(chromium === null, 'no browser: install Chromium, or set CHROMIUM_PATH')
      await use()
    },
    { auto: true },
  ],

  pageErrors: [
    async ({ browser }, use) => {
      const found = watchPageErrors()
      const stop = found.watch(browser)
      await use(found)
      stop()
      expect(found.unexpected).toEqual([])
    },
    { auto: true },
  ],

  ownServer: async ({ servers }, use) => use(await servers.acquire()),

  openBrowser: async ({ acquireProfile, viewport, colorScheme }, use) =>
    use(async () => openPage(await acquireProfile(), { viewport, colorScheme })),
})

/** Opens a page with the settings of `test.use`. A profile outlives its test, so each page gets them. */
async function openPage(
  context: BrowserContext,
  { viewport, colorScheme }: Pick<PlaywrightTestOptions, 'viewport' | 'colorScheme'>,
): Promise<Page> {
  const page = await context.newPage()
  if (viewport && !isDeepStrictEqual(viewport, page.viewportSize())) await page.setViewportSize(viewport)
  if (colorScheme !== 'light') await page.emulateMedia({ colorScheme })
  return page
}

function withoutUndefined(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
