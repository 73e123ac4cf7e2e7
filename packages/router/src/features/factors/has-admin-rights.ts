import type { Role } from '@app/contract'
import type { AccountSettings } from '../../settings/settings.ts'
import { levelOf } from '../sessions/index.ts'
import type { SessionRow } from '../sessions/index.ts'

interface AdminRights {
  session: Pick<SessionRow, 'factor_id'> & { user: { role: Role } }
  settings: Pick<AccountSettings, 'adminSecondFactor'>
}

/**
 * Checks whether the session may read what only admins see. Where ADMIN_SECOND_FACTOR=required, an admin at
 * level 1 reads as a plain user does.
 */
export function hasAdminRights({ session, settings }: AdminRights): boolean {
  const isRaised = settings.adminSecondFactor !== 'required' || levelOf(session) === 2
  return session.user.role === 'admin' && isRaised
}
