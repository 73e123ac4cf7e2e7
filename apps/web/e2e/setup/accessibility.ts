import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import type * as Axe from 'axe-core'
import type { RunOptions } from 'axe-core'

/**
 * The minified build: less than half the size of `axe.source`, which each checked document receives. Escapes
 * keep it in one byte a character.
 */
const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8').replaceAll(
  /[^\0-\x7f]/g,
  (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
)

const rules = {
  // WCAG 2.2 A and AA, and axe's own best practices.
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  // What a theme or a size can change, for a page that was already checked in another one.
  'colours and sizes': { type: 'rule', values: ['color-contrast', 'target-size'] },
} satisfies Record<string, RunOptions['runOnly']>

const options = {
  // The pages have no frames, and only violations are reported.
  iframes: false,
  preload: false,
  resultTypes: ['violations'],
} satisfies RunOptions

type WindowWithAxe = Window & { axe?: typeof Axe }

/** Loads axe into the open document. By the protocol, because no policy of the page applies to it there. */
async function loadAxe(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const { exceptionDetails } = await session.send('Runtime.evaluate', { expression: axeSource })
  await session.detach()
  if (exceptionDetails !== undefined) throw new Error(`axe did not load: ${exceptionDetails.text}`)
}

/**
 * Returns the violations that axe finds, each with its element and reason.
 * @throws Error when axe did not run
 */
export async function accessibilityViolations(
  page: Page,
  which: keyof typeof rules = 'all',
): Promise<string[]> {
  if (!(await page.evaluate(() => (window as WindowWithAxe).axe !== undefined))) await loadAxe(page)
  const results = await page.evaluate((how) => (window as WindowWithAxe).axe?.run(how), {
    ...options,
    runOnly: rules[which],
  })
  if (results === undefined || results.passes.length === 0) throw new Error('axe did not check the page')
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  )
}

/** Returns the elements that overflow horizontally or are wider than the window (WCAG 2.2, 1.4.10). */
export function horizontalOverflow(page: Page): Promise<string[]> {
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

/** Applies the text spacing of WCAG 2.2, 1.4.12, under which no content may be cut off. */
export async function applyTextSpacing(page: Page): Promise<void> {
  await page.evaluate(() => {
    // The Content-Security-Policy forbids a style element.
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(
      `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
       p { margin-bottom: 2em !important; }`,
    )
    document.adoptedStyleSheets.push(sheet)
  })
}
