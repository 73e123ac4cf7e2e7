import type { Role } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { allowsPassword, listFactors } from '../factors/index.ts'
import { hasIdentity } from '../identities/index.ts'
import { passkeyOriginOf } from '../passkeys/index.ts'
import { hasPassword } from '../passwords/index.ts'
import { findUserById } from '../users/index.ts'

/**
 * Checks whether the user can log in, by a password, passkey or outside identity. Call it after a removal, in
 * its transaction and with the user locked, and let the transaction fail with LAST_WAY_IN otherwise.
 */
export async function hasWayIn(
  tx: Writer,
  { settings, publicUrl }: Pick<Context, 'settings' | 'publicUrl'>,
  userId: string,
): Promise<boolean> {
  const user = await findUserById(tx, userId)
  if (user === undefined) return false
  if (await hasFirstStep(tx, { settings }, user)) return true
  // Browsers refuse passkeys at some addresses.
  if (passkeyOriginOf(publicUrl()) === null) return false
  const factors = await listFactors(tx, userId)
  return factors.some(({ kind }) => kind === 'passkey')
}

/** Checks whether the user can do the first step of a log-in that needs a second factor. */
export async function hasFirstStep(
  tx: Writer,
  { settings }: Pick<Context, 'settings'>,
  { id, role }: { id: string; role: Role },
): Promise<boolean> {
  if (allowsPassword(settings, role) && (await hasPassword(tx, id))) return true
  return hasIdentity(tx, id, settings.providers)
}
