import type { Page } from '@playwright/test'
import axe, { type RunOptions } from 'axe-core'

const options = {
  // WCAG 2.2 A and AA, and what the makers of the checker recommend beyond it.
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // There are no frames to look into, and of what is right one example is enough.
  iframes: false,
  preload: false,
  resultTypes: ['violations'],
} satisfies RunOptions

/** The checker, once it is in the page. */
type Checked = Window & { axe?: typeof axe }

/** What the checker objects to, each with the element and the reason. */
export async function barriers(page: Page): Promise<string[]> {
  // It is half a megabyte: it stays in the page until that is left.
  if (!(await page.evaluate(() => (window as Checked).axe !== undefined))) await page.evaluate(axe.source)
  const results = await page.evaluate((how) => (window as Checked).axe?.run(how), options)
  if (results === undefined || results.passes.length === 0)
    throw new Error('the checker did not look at the page')
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}

/** What would have to be scrolled sideways: the page, and every box that cuts off its content (WCAG 2.2, 1.4.10). */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxes = [
      document.documentElement,
      ...document.querySelectorAll<HTMLElement>('main, footer, dialog, form, article, table, button'),
    ]
    return boxes
      .filter(
        (box) => box.scrollWidth > box.clientWidth + 1 || box.getBoundingClientRect().right > innerWidth + 1,
      )
      .map((box) => `${box.tagName}: ${box.scrollWidth} in ${box.clientWidth}`)
  })
}

/** As some people set their browsers (WCAG 2.2, 1.4.12): nothing may be cut off by it. */
export async function spaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    // No style element: the policy of the pages forbids it.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
       p { margin-bottom: 2em !important; }`,
    )
    document.adoptedStyleSheets.push(sheet)
  })
}
