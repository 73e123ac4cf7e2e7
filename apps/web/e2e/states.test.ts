import {
  accessibilityViolations,
  applyTextSpacing,
  brokenWords,
  horizontalOverflow,
  setTextSize,
} from './setup/accessibility.ts'
import { leakyPasswordForms, misplacedMainButtons } from './setup/forms.ts'
import { expect, test } from './setup/test.ts'
import { reactAndDomText, translatePages, translators } from './setup/translate.ts'
import { openState } from './states/state.ts'
import { states } from './states/states.ts'

for (const [index, state] of states.entries()) {
  test(`${state.name}: accessible in light and dark, wide, at 200 % zoom and at 320 pixels`, async ({
    page,
    server,
    servers,
    pageErrors,
  }) => {
    if (state.allowedErrors) pageErrors.allow(state.allowedErrors)
    // Each translator gets a third of the states. A new state shifts them.
    await translatePages(page, translators[index % translators.length])
    await openState(state, { page, server, servers })
    const { react, dom } = await reactAndDomText(page)
    expect(dom, 'text on the translated page').toBe(react)
    expect(await leakyPasswordForms(page)).toEqual([])
    expect(await misplacedMainButtons(page)).toEqual([])
    expect(await accessibilityViolations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    // A window of 1280 × 800 at 200 % zoom.
    await page.setViewportSize({ width: 640, height: 400 })
    expect(await horizontalOverflow(page), '200 % zoom').toEqual([])
    await page.setViewportSize({ width: 320, height: 640 })
    expect(await horizontalOverflow(page)).toEqual([])
    expect(await accessibilityViolations(page, 'colours and sizes'), 'dark, 320 pixels').toEqual([])
    await page.setViewportSize({ width: 390, height: 780 })
    await setTextSize(page, 200)
    // The header measures its links again.
    await expect.poll(() => horizontalOverflow(page), { message: '200 % text size' }).toEqual([])
    expect(await brokenWords(page), '200 % text size').toEqual([])
    await setTextSize(page, 100)
    await page.setViewportSize({ width: 320, height: 640 })
    await applyTextSpacing(page)
    expect(await horizontalOverflow(page), 'with spaced text').toEqual([])
  })
}
