import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import { findFactor, saveFactorUse } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import { findUserById } from '../users/index.ts'
import { recoveryCodeHash } from './recovery-code-hash.ts'
import { countCodes, deleteCode } from './store.ts'

/**
 * Uses up a recovery code of the user: of simultaneous calls, one gets the factor.
 * @param code normalised
 * @returns the id of the factor; null when the code is wrong or was used
 */
export async function useRecoveryCode(
  tx: Writer,
  ctx: Context,
  { userId, code }: { userId: string; code: string },
): Promise<string | null> {
  const factor = await findFactor(tx, { userId, kind: 'recovery' })
  const user = await findUserById(tx, userId)
  if (factor === undefined || user === undefined) return null
  if (!(await deleteCode(tx, { factorId: factor.id, hash: recoveryCodeHash(code) }))) return null
  await saveFactorUse(tx, factor.id, ctx.clock())
  const left = await countCodes(tx, factor.id)
  await recordEvent(tx, ctx, { event: 'recovery-code-used', subject: userId, detail: { left } })
  await notify(tx, ctx, user, 'recovery-code-used', { left })
  return factor.id
}
