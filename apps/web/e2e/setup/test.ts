import { test as base, expect, type Page } from '@playwright/test'

import { type Chromium, chromiumArguments } from './chromium.ts'
import { findChromium } from './find-chromium.ts'
import { problems, type Problems } from './problems.ts'
import { type Server, startServer } from './start-server.ts'

interface WorkerFixtures {
  /** Null: there is none on this machine. */
  chromium: Chromium | null
  /** The server that the tests of a worker share. */
  server: Server
}

interface TestFixtures {
  /** Skips the test where there is no browser, before anything else is started for it. */
  needsBrowser: void
  /** Fails the test when a browser complained about anything that the test did not expect. */
  problems: Problems
  /** A server for this test alone, to stop it or to know everybody in it. */
  ownServer: Server
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
      browser.on('context', found.watch)
      await use(found)
      browser.off('context', found.watch)
      expect(found.unexpected).toEqual([])
    },
    { auto: true },
  ],

  ownServer: async ({ browser }, use) => {
    await using server = await startServer()
    await use(server)
    // A page that is still open would complain that nobody answers any more.
    await Promise.all(browser.contexts().map((context) => context.close()))
  },

  openBrowser: async ({ browser }, use) => {
    const contexts = new AsyncDisposableStack()
    await use(async () => {
      const context = contexts.use(await browser.newContext())
      return context.newPage()
    })
    await contexts.disposeAsync()
  },
})

function definedOf(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
