import type { RouterOptions } from 'wouter'

/** Ends what is shown. A promise settles when the page is left, or when that failed. */
export type Leave = () => unknown

/**
 * Asks the user if something would be lost, and calls `leave` after the user confirmed. Returns whether it
 * asks.
 * @param url the page that `leave` opens; undefined if it opens none
 * @param options those of the navigation
 */
export type AskToLeave = (leave: Leave, url?: string, options?: { replace?: boolean }) => boolean

let ask: AskToLeave | null = null

/**
 * Lets `confirmLeave` ask before the user leaves what is shown once and was not copied (`LeaveQuestion`).
 * @param by null ends this: it was copied, the user confirmed it, or the user is logged out
 */
export function guardLeave(by: AskToLeave | null): void {
  ask = by
}

/** Calls `leave`: immediately if nothing is lost, otherwise after the user has confirmed it. */
export function confirmLeave(leave: Leave, url?: string, options?: { replace?: boolean }): void {
  if (ask?.(leave, url, options) !== true) leave()
}

/** Asks before another page of the app is opened: an option of wouter's `Router`. */
export const confirmNavigation: NonNullable<RouterOptions['aroundNav']> = (navigate, to, options) =>
  confirmLeave(() => navigate(to, options), to, options)
