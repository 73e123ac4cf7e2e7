import { brand } from '@app/contract/brand'
import type { Page } from '@playwright/test'
import { title } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'

// The font is in the cache after the first visit.
test.use({ isFirstVisit: true })

const connections = {
  'a slow connection': { effectiveType: '3g', saveData: false },
  'a connection that saves data': { effectiveType: '4g', saveData: true },
}

for (const [name, connection] of Object.entries(connections)) {
  test(`font: ${name} does without it`, async ({ page }) => {
    await page.addInitScript((value) => {
      Object.defineProperty(navigator, 'connection', { value })
    }, connection)
    const fonts = requestedFonts(page)
    await page.goto('/login', { waitUntil: 'networkidle' })
    await expect(title(page)).toHaveText('Log in')
    await expect(page.locator('body')).toHaveCSS('font-family', /^system-ui/)
    expect(fonts).toEqual([])
  })
}

test('font: other connections preload it before the style sheet names it', async ({ page }) => {
  const fonts = requestedFonts(page)
  const styled = Promise.withResolvers<void>()
  await page.route('**/*.css', (route) => styled.promise.then(() => route.continue()))
  const requested = page.waitForRequest(/\.woff2$/)
  await page.goto('/login', { waitUntil: 'commit' })
  await requested
  styled.resolve()
  await expect(title(page)).toHaveText('Log in')
  await page.waitForLoadState('networkidle')
  const family = await page.locator('body').evaluate((body) => getComputedStyle(body).fontFamily)
  expect(family.replaceAll('"', "'")).toContain(brand.font)
  expect(fonts).toHaveLength(1)
})

/** Returns the addresses of the fonts that the page requests from now on. */
function requestedFonts(page: Page): string[] {
  const fonts: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() === 'font') fonts.push(request.url())
  })
  return fonts
}
