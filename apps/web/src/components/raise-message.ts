/**
 * Moves the message of the page above the open modal dialog, or back into the page without one. A dialog is
 * in the top layer, which covers everything else.
 */
export function raiseMessage(): void {
  const region = document.querySelector<HTMLElement>('[data-message]')
  if (region === null) return
  // Also takes a raised message out of the top layer, so that it is above a later dialog.
  region.popover = null
  if (document.querySelector('dialog:modal') === null) return
  region.popover = 'manual'
  region.showPopover()
}
