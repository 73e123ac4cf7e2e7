import type { Role, SessionLevel } from '@app/contract'
import type { Reader } from '../../db/database.ts'
import type { AccountSettings } from '../../settings/settings.ts'
import { listSecondFactorMethods } from './store.ts'

interface TokenRights {
  token: { level: SessionLevel; user: { id: string; role: Role } }
  settings: Pick<AccountSettings, 'adminSecondFactor' | 'adminTokens'>
}

/**
 * Checks what ADMIN_SECOND_FACTOR asks of an access token: it was made at level 2, and its user still has a
 * second factor. Without one the user could not do it in a session either.
 */
export async function tokenHasFactor(db: Reader, { token, settings }: TokenRights): Promise<boolean> {
  if (settings.adminSecondFactor !== 'required') return true
  return token.level === 2 && (await listSecondFactorMethods(db, token.user.id)).length > 0
}

/** Checks whether an access token may read what only admins see. */
export async function tokenHasAdminRights(db: Reader, { token, settings }: TokenRights): Promise<boolean> {
  if (settings.adminTokens === 'off' || token.user.role !== 'admin') return false
  return tokenHasFactor(db, { token, settings })
}
