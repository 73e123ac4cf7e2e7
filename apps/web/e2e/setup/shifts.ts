import type { Page } from '@playwright/test'

/** Records from now on what moves on the pages of a tab. */
export async function recordShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const found: string[] = []
    Object.assign(window, { layoutShifts: found })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number
        sources: { node: Element | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[]
      })[]) {
        for (const { node, previousRect, currentRect } of entry.sources) {
          found.push(
            `${entry.value.toFixed(4)} ${node?.nodeName} ${node?.className} ${previousRect.y} to ${currentRect.y}`,
          )
        }
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
}

/** Returns what has moved, one line an element. */
export function shifts(page: Page): Promise<string[]> {
  // The observer is told after the frame.
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        requestAnimationFrame(() =>
          setTimeout(() => resolve((window as unknown as { layoutShifts: string[] }).layoutShifts)),
        )
      }),
  )
}
