/**
 * Hides everything in the document (base.css) immediately, without a render. Only a render shows it
 * again, because only a render removes what belongs to another user.
 */
export function hideDocument(): void {
  document.documentElement.toggleAttribute('data-locked', true)
}

export function showDocument(): void {
  document.documentElement.toggleAttribute('data-locked', false)
}
