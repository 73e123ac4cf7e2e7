import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { test } from './setup/test.ts'
import { useSecondBrand } from './setup/use-brand.ts'
import { openState } from './states/state.ts'
import { states } from './states/states.ts'

const folder = fileURLToPath(new URL('../screenshots', import.meta.url))
const widths = {
  wide: { width: 1280, height: 800 },
  phone: { width: 390, height: 780 },
  narrow: { width: 320, height: 640 },
  /** A window of 1280 × 800 at 200 % zoom, in CSS pixels (WCAG 2.2, 1.4.4). */
  zoomed: { width: 640, height: 400 },
}

/** The states that are also drawn with another brand. */
const branded = new Set(['welcome', 'log-in', 'sign-up-with-errors', 'notes', 'sessions', 'user-managed'])

for (const state of states) {
  test(`pictures of ${state.name}`, async ({ page, server, servers, pageErrors }) => {
    if (state.allowedErrors) pageErrors.allow(state.allowedErrors)
    await openState(state, { page, server, servers })
    await draw(page, state.name)
  })
}

for (const state of states.filter(({ name }) => branded.has(name))) {
  test(`pictures of the second brand: ${state.name}`, async ({ page, server, servers }) => {
    await useSecondBrand(page)
    await openState(state, { page, server, servers })
    await draw(page, `second-brand-${state.name}`)
  })
}

/** Takes a picture of the page for each theme and width. */
async function draw(page: Page, name: string): Promise<void> {
  // A dialog covers the window, not the whole page.
  const fullPage = (await page.getByRole('dialog').count()) === 0
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    for (const [width, size] of Object.entries(widths)) {
      await page.setViewportSize(size)
      await page.screenshot({ path: `${folder}/${name}-${colorScheme}-${width}.png`, fullPage })
    }
  }
}
