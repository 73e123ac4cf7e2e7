/**
 * For when what had the focus is gone: it goes to the heading of the page, as after a navigation, and nothing
 * scrolls.
 */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
