/** Focuses the heading of the page, after the focused element disappeared. Does not scroll. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
}

/**
 * Focuses a list after the row with the focus was removed. @param list null if its last row was removed: then
 * the heading of the page takes the focus
 */
export function focusListOrHeading(list: HTMLElement | null): void {
  if (list === null) focusHeading()
  else list.focus()
}
