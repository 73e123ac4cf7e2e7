type Ask = (leave: () => void) => void

let ask: Ask | null = null

/**
 * Lets `confirmLeave` ask before the user leaves what is shown once and was not copied (`LeaveQuestion`).
 * @param by null ends this: it was copied, the user confirmed it, or the user is logged out
 */
export function guardLeave(by: Ask | null): void {
  ask = by
}

/** Asks if something would be lost, and calls `leave` after the user confirmed. Returns whether it asks. */
export function askToLeave(leave: () => void): boolean {
  ask?.(leave)
  return ask !== null
}

/** Calls `leave`: immediately if nothing is lost, otherwise after the user has confirmed it. */
export function confirmLeave(leave: () => void): void {
  if (!askToLeave(leave)) leave()
}
