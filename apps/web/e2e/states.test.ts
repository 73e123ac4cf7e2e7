import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'

import { expect, test } from './setup/test.ts'
import { withState } from './states/state.ts'
import { states } from './states/states.ts'

/** WCAG 2.2 A and AA, and what the makers of the checker recommend beyond it. */
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

for (const state of states) {
  test(`${state.name}: accessible in light and dark, wide and at 320 pixels`, async ({
    page,
    server,
    problems,
  }) => {
    if (state.complaint) problems.expect(state.complaint)
    await withState(state, { page, server }, async () => {
      expect(await barriers(page)).toEqual([])
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.setViewportSize({ width: 320, height: 640 })
      expect(await tooWide(page)).toEqual([])
      expect(await barriers(page), 'dark, 320 pixels').toEqual([])
    })
  })
}

/** What the checker objects to, each with the element and the reason. */
async function barriers(page: Page): Promise<string[]> {
  // There are no frames to look into: without the page of its own that they need, the checker is twice as fast.
  const checker = new AxeBuilder({ page }).options({ preload: false }).withTags(tags).setLegacyMode()
  const { violations, passes } = await checker.analyze()
  expect(passes).not.toEqual([])
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}

/** What would have to be scrolled sideways: the page, and every box that cuts off its content (WCAG 2.2, 1.4.10). */
function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxes = [
      document.documentElement,
      ...document.querySelectorAll<HTMLElement>('main, dialog, form, article, table'),
    ]
    return boxes
      .filter(
        (box) => box.scrollWidth > box.clientWidth + 1 || box.getBoundingClientRect().right > innerWidth + 1,
      )
      .map((box) => `${box.tagName}: ${box.scrollWidth} in ${box.clientWidth}`)
  })
}
