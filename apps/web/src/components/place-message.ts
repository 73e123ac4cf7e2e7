/**
 * Moves the element of messages into the last modal dialog, or back into the page without one. Behind a modal
 * dialog a message is neither announced nor in reach of the keyboard; above it, it would cover a part.
 */
export function placeMessage(): void {
  const region = document.querySelector('[data-message]')
  const place =
    [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.querySelector('[data-message-place]')
  if (region && place !== region.parentElement) place?.prepend(region)
}
