import { normalizeUsername, Username } from '@app/contract'
import type { AccountSettings } from '../../settings/settings.ts'
import type { PendingSignup } from './signup-cookie.ts'

/** Checks whether the user name of a new account is that of its identity. */
export function hasFixedUsername(
  { usernameFrom }: Pick<AccountSettings, 'usernameFrom'>,
  { provider }: Pick<PendingSignup, 'provider'>,
): boolean {
  return usernameFrom === 'github' && provider === 'github'
}

/** @returns the login as a user name; null when it cannot be one */
export function fixedUsername({ login }: Pick<PendingSignup, 'login'>): string | null {
  const parsed = Username.safeParse(login ?? '')
  return parsed.success ? parsed.data : null
}

/** Suggests a user name; null when the provider's names give none. */
export function suggestedUsername({ login }: Pick<PendingSignup, 'login'>): string | null {
  const [local = ''] = (login ?? '').split('@')
  return fixedUsername({ login: normalizeUsername(local).replaceAll(/[^a-z0-9_.-]/g, '') })
}
