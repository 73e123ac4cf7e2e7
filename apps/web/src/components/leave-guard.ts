type Ask = (leave: () => void) => void

let ask: Ask | null = null

/** Lets `confirmLeave` ask before the user leaves what is shown once and was not copied (`LeaveQuestion`). */
export function guardLeave(by: Ask): void {
  ask = by
}

/** Ends that, because it was copied, the user confirmed it, or the user is logged out. */
export function endLeaveGuard(): void {
  ask = null
}

export function isLeaveGuarded(): boolean {
  return ask !== null
}

/** Calls `leave`: immediately if nothing is lost, otherwise after the user has confirmed it. */
export function confirmLeave(leave: () => void): void {
  if (ask === null) leave()
  else ask(leave)
}
