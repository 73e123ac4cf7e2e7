/** Focuses the heading of the page, after the focused element disappeared. Does not scroll. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}
