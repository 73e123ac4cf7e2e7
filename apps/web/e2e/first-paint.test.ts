import type { Page } from '@playwright/test'
import { accessibilityViolations } from './setup/accessibility.ts'
import { layoutShifts, recordLayoutShifts } from './setup/layout-shifts.ts'
import { expect, test } from './setup/test.ts'

test.use({ isFirstVisit: true })

for (const path of ['/login', '/signup']) {
  for (const width of [320, 412, 1100]) {
    test(`first paint: ${path} shows its form before any other file arrives, ${width} wide`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 800 })
      await recordLayoutShifts(page)
      const files = Promise.withResolvers<void>()
      await page.route('**/assets/*', (route) => files.promise.then(() => route.continue()))
      await page.goto(path, { waitUntil: 'commit' })
      await expect(page.locator('.app-early-card')).toHaveCSS('border-top-width', '1px')
      await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length === 1)
      await expect(page.getByLabel('User name')).toBeFocused()
      expect(await accessibilityViolations(page)).toEqual([])
      const before = await controlsOf(page)
      files.resolve()
      await expect(page.getByRole('button', { name: 'Show password' })).toBeVisible()
      expect(await controlsOf(page)).toEqual(before)
      expect(await layoutShifts(page)).toEqual([])
    })
  }
}

/** Returns where the texts and controls of the form are, and what they are to browsers and screen readers. */
function controlsOf(page: Page) {
  return page
    .locator('main :is(h1, form label, form input, form button:not([type=button]), a)')
    .evaluateAll((elements) =>
      elements.map((element) => {
        // A password field has its border on a frame around it and a button.
        const { x, y, width, height } = (
          element.closest('[data-focus-frame]') ?? element
        ).getBoundingClientRect()
        const isInput = element instanceof HTMLInputElement
        return {
          name: (isInput ? element.labels?.[0] : element)?.textContent.trim(),
          // A label in a grid is wider than its text.
          box: (element.matches('label') ? [x, y, height] : [x, y, width, height]).map(Math.round),
          ...(isInput && {
            field: [element.name, element.type, element.autocomplete, element.autocapitalize, element.dir],
            isSpelled: element.getAttribute('spellcheck'),
            isRequired: element.ariaRequired === 'true',
          }),
        }
      }),
    )
}
