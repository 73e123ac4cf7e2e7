import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test'

/** The browser profiles (contexts) of one worker. Tests reuse them: a new one would compile the app again. */
export interface Profiles {
  /** Returns a profile without cookies, storage or pages, but with the app's files in its cache. */
  acquire(): Promise<BrowserContext>
  /** Closes the pages of all acquired profiles and clears the profiles for the next test. */
  releaseAll(): Promise<void>
}

/**
 * Creates the pool of profiles.
 * @param anchor a URL of the app's site. A page stays open there, so that the browser keeps the process and
 *   the compiled code of the site.
 */
export function createProfiles(browser: Browser, anchor: string, options: BrowserContextOptions): Profiles {
  let free: Profile[] = []
  let acquired: Profile[] = []
  return {
    async acquire() {
      const profile = free.shift() ?? (await openProfile(browser, anchor, options))
      acquired.push(profile)
      return profile.context
    },
    async releaseAll() {
      const used = acquired
      acquired = []
      const usable = await Promise.all(
        used.map(async (profile) => ((await clearProfile(profile)) ? [profile] : [])),
      )
      // The first profile stays first: its cache has the most files.
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
 * Clears a profile for the next test.
 * @returns false when it was closed instead, because its fake clock cannot be removed
 */
async function clearProfile({ context, anchor }: Profile): Promise<boolean> {
  const hasFakeClock = await anchor.evaluate(() => !String(setTimeout).includes('[native code]'))
  if (hasFakeClock) {
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
  // Storage belongs to an origin, and each port is one.
  const session = await context.newCDPSession(anchor)
  await session.send('Storage.clearDataForOrigin', { origin: '*', storageTypes: 'local_storage,indexeddb' })
  await session.detach()
  return true
}
