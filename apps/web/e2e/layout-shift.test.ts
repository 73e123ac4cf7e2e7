import { signUp } from './setup/actors.ts'
import { logInAsAdmin } from './setup/admins.ts'
import { intercept } from './setup/intercept.ts'
import { recordLayoutShifts, layoutShifts } from './setup/layout-shifts.ts'
import { removeRoutes } from './setup/remove-routes.ts'
import { expect, test } from './setup/test.ts'

/** Pages that wait for a response: the procedure, and the role and name of what it shows. */
const pages = {
  '/users': ['users.list', 'table', 'Users'],
  '/audit': ['audit.list', 'list', 'Events'],
  '/account/activity': ['account.activity', 'list', 'Activity'],
  '/account/sessions': ['sessions.list', 'heading', /on Linux/],
  '/account/tokens': ['tokens.list', 'heading', 'No access tokens'],
} as const

test('layout: no shift when a response replaces its skeleton', async ({ page, server }) => {
  await logInAsAdmin(page, server)
  await recordLayoutShifts(page)
  for (const size of [
    { width: 1100, height: 800 },
    { width: 320, height: 640 },
  ]) {
    await page.setViewportSize(size)
    for (const [path, [procedure, role, name]] of Object.entries(pages)) {
      const release = await intercept(page, `*/trpc/*${procedure}*`, 'hold')
      await page.goto(path)
      await expect(page.locator('main [aria-busy=true]')).toBeVisible()
      await release()
      await expect(page.getByRole(role, { name, exact: true }).first()).toBeVisible()
      await expect(page.locator('main [aria-busy=true]')).toHaveCount(0)
      expect.soft(await layoutShifts(page), `${path} at ${size.width}`).toEqual([])
    }
  }
})

test('layout: no shift when the session response arrives', async ({ page, server }) => {
  await recordLayoutShifts(page)
  for (const viewer of ['signed out', 'admin']) {
    if (viewer === 'admin') await logInAsAdmin(page, server)
    for (const width of [320, 412, 600, 1100]) {
      await page.setViewportSize({ width, height: 700 })
      const release = await intercept(page, '*/trpc/*auth.session*', 'hold')
      await page.goto(viewer === 'signed out' ? '/login' : '/users')
      const header = page.getByRole('banner')
      await expect(header.locator('nav')).toBeAttached()
      if (viewer === 'signed out') await expect(page.getByLabel('User name')).toBeVisible()
      const before = await header.boundingBox()
      await release()
      const role = viewer === 'signed out' ? 'link' : 'button'
      await expect(header.getByRole(role, { name: /^(?:Sign up|Account menu)/ })).toBeVisible()
      expect(await header.boundingBox(), `${viewer}, ${width} wide`).toEqual(before)
      expect(await layoutShifts(page), `${viewer}, ${width} wide`).toEqual([])
    }
  }
})

test('layout: no shift for a scroll bar', async ({ playwright, launchOptions, server }) => {
  // A scroll bar takes room on most desktops. The browsers of the other tests hide it.
  await using browser = await playwright.chromium.launch({
    ...launchOptions,
    ignoreDefaultArgs: ['--hide-scrollbars'],
  })
  const page = await browser.newPage({ baseURL: server.url, viewport: { width: 1000, height: 300 } })
  await signUp(page, server, 'ada')
  await recordLayoutShifts(page)
  await page.goto('/account')
  await expect(page.getByRole('heading', { name: 'Your name' })).toBeAttached()
  expect(await page.evaluate(() => innerWidth > document.documentElement.clientWidth)).toBe(true)
  expect(await layoutShifts(page)).toEqual([])
})

test('layout: the brand is visible before the first script, and does not move', async ({ page }) => {
  for (const size of [
    { width: 1100, height: 800 },
    { width: 320, height: 640 },
  ]) {
    await page.setViewportSize(size)
    const script = Promise.withResolvers<void>()
    await page.route('**/assets/main-*.js', (route) => script.promise.then(() => route.continue()))
    await page.goto('/login', { waitUntil: 'commit' })
    const mark = page.locator('header svg')
    await expect(mark).toBeVisible()
    const before = await mark.boundingBox()
    script.resolve()
    await expect(page.locator('nav')).toBeVisible()
    expect(await mark.first().boundingBox()).toEqual(before)
    await removeRoutes(page, '**/assets/main-*.js')
  }
})
