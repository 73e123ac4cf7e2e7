import { fileURLToPath } from 'node:url'
import { test } from './setup/test.ts'
import { openState } from './states/state.ts'
import { states } from './states/states.ts'

const folder = fileURLToPath(new URL('../screenshots', import.meta.url))
const widths = { wide: { width: 1100, height: 800 }, narrow: { width: 320, height: 640 } }

for (const state of states) {
  test(`pictures of ${state.name}`, async ({ page, server, servers, pageErrors }) => {
    if (state.allowedErrors) pageErrors.allow(state.allowedErrors)
    await openState(state, { page, server, servers })
    // A dialog covers the window, not the whole page.
    const fullPage = (await page.getByRole('dialog').count()) === 0
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      for (const [width, size] of Object.entries(widths)) {
        await page.setViewportSize(size)
        await page.screenshot({ path: `${folder}/${state.name}-${colorScheme}-${width}.png`, fullPage })
      }
    }
  })
}
