import type { Page } from '@playwright/test'

/** Records the layout shifts of all pages that the tab opens from now on. */
export async function recordLayoutShifts(page: Page): Promise<void> {
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

/** Returns the recorded layout shifts, one line for each element. */
export function layoutShifts(page: Page): Promise<string[]> {
  // The observer runs after the frame.
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        requestAnimationFrame(() =>
          setTimeout(() => resolve((window as unknown as { layoutShifts: string[] }).layoutShifts)),
        )
      }),
  )
}
