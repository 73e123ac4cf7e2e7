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

/** Sets the text size of the browser's settings, as a percentage of the default. */
export async function setTextSize(page: Page, percent: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Page.setFontSizes', { fontSizes: { standard: 0.16 * percent, fixed: 0.13 * percent } })
}

/**
 * Returns the words of up to eight letters that take more than one line, as in a column that is too narrow.
 * Texts of users may break anywhere.
 */
export function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const broken: string[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      if (node.parentElement?.checkVisibility({ visibilityProperty: true }) !== true) continue
      if (node.parentElement.closest('[translate="no"], [dir="auto"]') !== null) continue
      if (isClipped(node.parentElement)) continue
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(
        /(?<!\S)\p{L}{2,8}(?=\p{P}?(?:\s|$))/gu,
      )) {
        const range = new Range()
        range.setStart(node, index)
        range.setEnd(node, index + word.length)
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)))
        if (lines.size > 1) broken.push(`${word} in ${node.parentElement.outerHTML.slice(0, 80)}`)
      }
    }
    return broken

    /** Whether only screen readers have the element. */
    function isClipped(element: Element | null): boolean {
      return (
        element !== null &&
        (getComputedStyle(element).clipPath !== 'none' || isClipped(element.parentElement))
      )
    }
  })
}
