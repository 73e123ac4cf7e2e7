import { test as base, expect } from '@playwright/test'
import type { BrowserContext, Page, PlaywrightTestOptions } from '@playwright/test'
import { chromiumArguments } from './chromium.ts'
import type { Chromium } from './chromium.ts'
import { findChromium } from './find-chromium.ts'
import { problems } from './problems.ts'
import type { Problems } from './problems.ts'
import { createProfiles } from './profiles.ts'
import type { Profiles } from './profiles.ts'
import { Servers } from './servers.ts'
import { startServer } from './start-server.ts'
import type { Server } from './start-server.ts'

interface WorkerFixtures {
  /** Null: there is none on this machine. */
  chromium: Chromium | null
  /** The server that the tests of a worker share: each brings people of its own. */
  server: Server
  /** Servers for tests that need other settings or an empty database. */
  servers: Servers
  profiles: Profiles
}

interface TestFixtures {
  /** Skips the test where there is no browser, before anything else is started for it. */
  needsBrowser: void
  /** Fails the test when a browser complained about anything that the test did not expect. */
  problems: Problems
  /**
   * A server that no other test uses at the same time, with an empty database. The test may stop and start
   * it.
   */
  ownServer: Server
  /**
   * True gives the test a new profile, without the files of the app in its cache: for tests of what is loaded
   * when.
   */
  isFirstVisit: boolean
  takeProfile: () => Promise<BrowserContext>
  /** A page in a browser that shares nothing with the others. */
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
              env: { ...definedOf(process.env), ...chromium.env },
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

  takeProfile: async ({ profiles }, use) => {
    await use(() => profiles.take())
    await profiles.giveBack()
  },

  context: async ({ browser, isFirstVisit, takeProfile }, use) => {
    if (!isFirstVisit) return use(await takeProfile())
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

  problems: [
    async ({ browser }, use) => {
      const found = problems()
      const stop = found.watch(browser)
      await use(found)
      stop()
      expect(found.unexpected).toEqual([])
    },
    { auto: true },
  ],

  ownServer: async ({ servers }, use) => use(await servers.take()),

  openBrowser: async ({ takeProfile, viewport, colorScheme }, use) =>
    use(async () => openPage(await takeProfile(), { viewport, colorScheme })),
})

/** What tests choose with `test.use` is set for each page: a profile outlives the test. */
async function openPage(
  context: BrowserContext,
  { viewport, colorScheme }: Pick<PlaywrightTestOptions, 'viewport' | 'colorScheme'>,
): Promise<Page> {
  const page = await context.newPage()
  if (viewport) await page.setViewportSize(viewport)
  await page.emulateMedia({ colorScheme })
  return page
}

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
