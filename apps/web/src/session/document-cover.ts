/*
 * Hides everything in the document (base.css), at once and without waiting for a render. Showing it again is left to the render:
 * only that knows when what belonged to somebody else has gone.
 */

export function coverDocument(): void {
  document.documentElement.toggleAttribute('data-covered', true)
}

export function showDocument(): void {
  document.documentElement.toggleAttribute('data-covered', false)
}
