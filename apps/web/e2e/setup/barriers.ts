import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import type * as Axe from 'axe-core'
import type { RunOptions } from 'axe-core'

/** The checker in its short form: less than half of what `axe.source` sends to each page. */
const checker = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

const rules = {
  // WCAG 2.2 A and AA, and what the makers of the checker recommend beyond it.
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // All that a theme or a size can change, for a page that is checked in another one as well.
  'colours and sizes': { type: 'rule', values: ['color-contrast', 'target-size'] },
} satisfies Record<string, RunOptions['runOnly']>

const options = {
  // There are no frames to look into, and of what is right one example is enough.
  iframes: false,
  preload: false,
  resultTypes: ['violations'],
} satisfies RunOptions

/** The checker, once it is in the page. */
type Checked = Window & { axe?: typeof Axe }

/**
 * Loads the checker with each page from now on, as a script that is compiled once for all pages of a profile.
 */
export async function loadChecker(page: Page): Promise<void> {
  await page.addInitScript({ content: checker })
}

/** What the checker objects to, each with the element and the reason. */
export async function barriers(page: Page, which: keyof typeof rules = 'all'): Promise<string[]> {
  // It is half a megabyte: it stays in the page until that is left.
  if (!(await page.evaluate(() => (window as Checked).axe !== undefined))) await page.evaluate(checker)
  const results = await page.evaluate((how) => (window as Checked).axe?.run(how), {
    ...options,
    runOnly: rules[which],
  })
  if (results === undefined || results.passes.length === 0)
    throw new Error('the checker did not look at the page')
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}

/**
 * What would have to be scrolled sideways: the page, and every box that cuts off its content (WCAG 2.2,
 * 1.4.10).
 */
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
