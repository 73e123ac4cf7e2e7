import { DisplayName, Email } from '@app/contract'

// Texts about an outside account are only suggestions. One that is not usable here is left out, and never
// makes a log-in fail.

/** Returns a text as a name that may be shown; null if it cannot be one. */
export function shownText(text: unknown): string | null {
  const parsed = DisplayName.safeParse(text)
  return parsed.success ? parsed.data : null
}

/** Returns an address in its normalised form; null if it is none. */
export function shownEmail(text: unknown): string | null {
  const parsed = Email.safeParse(text)
  return parsed.success ? parsed.data : null
}
