import type { Message } from '../api/failure-text.ts'
import { tabStorage } from '../drafts/kept-texts.ts'

const key = 'login-wait'

/**
 * Keeps the end of a wait after too many log-ins for this tab, so that a reload does not hide it. Only the
 * server enforces it. @returns the message for the form
 */
export function keepLoginWait(seconds: number): Message {
  const until = Date.now() + seconds * 1_000
  try {
    tabStorage()?.setItem(key, String(until))
  } catch {
    // The storage is full: a reload hides the wait.
  }
  return messageOf(until)
}

/** Returns the message of a wait from before a reload; undefined without one. */
export function readLoginWait(): Message | undefined {
  const until = Number(tabStorage()?.getItem(key))
  if (until > Date.now()) return messageOf(until)
  dropLoginWait()
  return undefined
}

export function dropLoginWait(): void {
  tabStorage()?.removeItem(key)
}

/** Says what helps besides waiting: a device known for the account has its own limit (decision 28). */
function messageOf(retryAt: number): Message {
  return {
    text: 'Too many attempts. Wait, or log in on another device that you have used before.',
    retryAt,
  }
}
