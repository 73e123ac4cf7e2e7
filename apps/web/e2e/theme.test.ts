import type { Page } from '@playwright/test'
import { title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

const light = 'rgb(248, 249, 250)'
const dark = 'rgb(15, 17, 19)'

// Frames are recorded of a visit with an empty cache.
test.use({ isFirstVisit: true })

test('theme: set by keyboard, applied in all tabs, and in every frame of the next load', async ({
  page,
  context,
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/login')
  await expect(choice(page, 'System')).toBeChecked()
  const second = await context.newPage()
  await second.emulateMedia({ colorScheme: 'light' })
  await second.goto('/signup')
  await expect(title(second)).toHaveText('Sign up')

  await choice(page, 'System').focus()
  await page.keyboard.press('ArrowRight')
  await expect(choice(page, 'Light')).toBeChecked()
  await page.keyboard.press('ArrowRight')
  await expect(choice(page, 'Dark')).toBeChecked()
  for (const tab of [page, second]) await expect(tab.locator('html')).toHaveCSS('background-color', dark)
  await expect(choice(second, 'Dark')).toBeChecked()

  await recordFrames(page)
  await page.reload()
  await expect(choice(page, 'Dark')).toBeChecked()
  await expect.poll(() => frameColours(page)).toEqual([dark])
  expect(await barColours(page)).toEqual(['#0f1113'])

  await choice(page, 'System').check()
  for (const tab of [page, second]) await expect(tab.locator('html')).toHaveCSS('background-color', light)
  expect(await barColours(page)).toEqual(['#f8f9fa'])
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(page.locator('html')).toHaveCSS('background-color', dark)
})

test('theme: applies for the visit without localStorage, and print is white', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get() {
        throw new DOMException('blocked', 'SecurityError')
      },
    })
  })
  await page.goto('/login')
  await choice(page, 'Dark').check()
  await page.getByRole('main').getByRole('link', { name: 'Sign up' }).click()
  await expect(title(page)).toHaveText('Sign up')
  await expect(page.locator('html')).toHaveCSS('background-color', dark)

  await page.emulateMedia({ media: 'print' })
  await expect(page.locator('html')).toHaveCSS('background-color', 'rgb(255, 255, 255)')
  await expect(page.getByRole('main')).toHaveCSS('color', 'rgb(0, 0, 0)')
  await expect(page.getByRole('banner')).toBeHidden()
  await expect(page.getByRole('contentinfo')).toBeHidden()
})

test('theme: follows a storage that another tab cleared, and a choice that a kept page missed', async ({
  page,
  context,
}) => {
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto('/login')
  await choice(page, 'Dark').check()
  await expect(page.locator('html')).toHaveCSS('background-color', dark)
  const second = await context.newPage()
  await second.goto('/login')
  await second.evaluate(() => localStorage.clear())
  await expect(choice(page, 'System')).toBeChecked()
  await expect(page.locator('html')).toHaveCSS('background-color', light)

  // A write of the own tab sends it no event, as if it had been in the back/forward cache.
  await page.evaluate(() => {
    localStorage.setItem('theme', 'dark')
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
  })
  await expect(choice(page, 'Dark')).toBeChecked()
  await expect(page.locator('html')).toHaveCSS('background-color', dark)
})

function choice(page: Page, name: 'System' | 'Light' | 'Dark') {
  return page.getByRole('group', { name: 'Theme' }).getByRole('radio', { name })
}

/** Records the page's background in every painted frame, from the next load on. */
async function recordFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { seenColours: seen })
    const record = () => {
      seen.add(getComputedStyle(document.documentElement).backgroundColor)
      requestAnimationFrame(record)
    }
    requestAnimationFrame(record)
  })
}

function frameColours(page: Page): Promise<string[]> {
  return page.evaluate(() => [...(window as unknown as { seenColours: Set<string> }).seenColours])
}

/** Returns the colours for the browser's own bars. */
function barColours(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')]
      .filter(({ media }) => matchMedia(media).matches)
      .map(({ content }) => content),
  )
}
