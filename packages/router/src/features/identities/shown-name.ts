import type { OutsideAccount } from './provider/provider.ts'

/** Returns the text by which a user recognises an outside account. */
export function shownNameOf({
  login,
  email,
  name,
  subject,
}: Pick<OutsideAccount, 'login' | 'email' | 'name' | 'subject'>): string {
  return login ?? email ?? name ?? subject
}
