import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'

/**
 * The browser profiles (contexts) of one worker. Tests use them in turn: a new one would load and compile the
 * whole app again.
 */
export interface Profiles {
  /** Returns a profile without cookies, storage or pages. It has the files of the app in its cache. */
  take(): Promise<BrowserContext>
  /** Closes the pages of all profiles that were taken and empties the profiles, for the next test. */
  giveBack(): Promise<void>
}

/**
 * @param anchor an address of the app's site: a page that stays there keeps the process and the compiled code
 *   of the site
 */
export function createProfiles(browser: Browser, anchor: string, options: BrowserContextOptions): Profiles {
  let free: Profile[] = []
  let taken: Profile[] = []
  return {
    async take() {
      const profile = free.shift() ?? (await openProfile(browser, anchor, options))
      taken.push(profile)
      return profile.context
    },
    async giveBack() {
      const used = taken
      taken = []
      const usable = await Promise.all(
        used.map(async (profile) => ((await emptyProfile(profile)) ? [profile] : [])),
      )
      // The first one is the first again: it has seen the most pages.
      free = [...usable.flat(), ...free]
    },
  }
}

interface Profile {
  context: BrowserContext
  anchor: Page
}

async function openProfile(browser: Browser, url: string, options: BrowserContextOptions): Promise<Profile> {
  const context = await browser.newContext(options)
  const anchor = await context.newPage()
  await anchor.goto(url)
  return { context, anchor }
}

/**
 * @returns false when it was closed instead, because its clock is not the browser's any more: that cannot be
 *   undone
 */
async function emptyProfile({ context, anchor }: Profile): Promise<boolean> {
  const hasOwnClock = await anchor.evaluate(() => !String(setTimeout).includes('[native code]'))
  if (hasOwnClock) {
    await context.close()
    return false
  }
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await Promise.all(
    context.pages().map(async (page) => {
      if (page === anchor) return
      await page.close()
    }),
  )
  await context.setOffline(false)
  await context.clearPermissions()
  await context.clearCookies()
  // Storage belongs to an origin: each port has its own.
  const session = await context.newCDPSession(anchor)
  await session.send('Storage.clearDataForOrigin', { origin: '*', storageTypes: 'local_storage,indexeddb' })
  await session.detach()
  return true
}
