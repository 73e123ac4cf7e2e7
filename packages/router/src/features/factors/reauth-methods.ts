import type { ReauthMethod, Role } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import type { AccountSettings } from '../../settings/settings.ts'
import { hasIdentity } from '../identities/index.ts'
import { hasPassword } from '../passwords/index.ts'
import { levelOf } from '../sessions/index.ts'
import type { SessionRow } from '../sessions/index.ts'
import { listSecondFactorMethods } from './store.ts'

/** Checks whether the setting lets users of the role use a password. */
export function allowsPassword(
  { passwordLogin }: Pick<AccountSettings, 'passwordLogin'>,
  role: Role,
): boolean {
  return passwordLogin === 'on' || (passwordLogin === 'admins' && role === 'admin')
}

interface Reauthenticating {
  settings: Pick<AccountSettings, 'passwordLogin' | 'providers'>
  session: Pick<SessionRow, 'factor_id' | 'user_id'> & { user: { role: Role } }
}

/**
 * Lists the ways in which the user of a session can authenticate again. At level 1 of an account with a
 * second factor only a second factor is enough: an attacker with an old session may know the password.
 */
export async function listReauthMethods(
  db: Reader,
  { settings, session }: Reauthenticating,
): Promise<ReauthMethod[]> {
  const secondFactors = await listSecondFactorMethods(db, session.user_id)
  if (secondFactors.length > 0 && levelOf(session) === 1) return secondFactors
  const canUsePassword =
    allowsPassword(settings, session.user.role) && (await hasPassword(db, session.user_id))
  return [
    ...(canUsePassword ? (['password'] as const) : []),
    ...secondFactors,
    ...((await hasIdentity(db, session.user_id, settings.providers)) ? (['oidc'] as const) : []),
  ]
}

/**
 * Checks whether the session has the highest level that its account can reach.
 */
export async function isAtHighestLevel(
  db: Reader,
  session: Pick<SessionRow, 'factor_id' | 'user_id'>,
): Promise<boolean> {
  return levelOf(session) === 2 || (await listSecondFactorMethods(db, session.user_id)).length === 0
}
