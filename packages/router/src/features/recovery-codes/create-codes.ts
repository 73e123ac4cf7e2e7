import type { Writer } from '../../db/database.ts'
import { newId } from '../../id.ts'
import { recordEvent } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { findFactor, insertFactor, saveFactorCreation } from '../factors/index.ts'
import { deleteOtherSessionsOfFactor } from '../sessions/index.ts'
import { createRecoveryCodes, showRecoveryCode } from './codes.ts'
import { recoveryCodeHash } from './recovery-code-hash.ts'
import { replaceCodes } from './store.ts'

/**
 * Creates the recovery codes of a user who gets a first second factor. Call it with the user locked.
 * @returns the codes as the user sees them, once; null when the user has codes already
 */
export async function createFirstCodes(
  tx: Writer,
  context: AuditContext,
  userId: string,
): Promise<string[] | null> {
  if ((await findFactor(tx, { userId, kind: 'recovery' })) !== undefined) return null
  const now = context.clock()
  const id = newId(now)
  await insertFactor(tx, { id, userId, kind: 'recovery', name: '', now })
  return saveCodes(tx, context, { userId, factorId: id })
}

/**
 * Replaces the recovery codes of a user. Ends the other sessions that an old code carries: it may be stolen.
 * The factor stays, so that this session keeps its level.
 * @returns the codes as the user sees them, once; null when the user has none to replace
 */
export async function replaceRecoveryCodes(
  tx: Writer,
  context: AuditContext & { session: { id: string } },
  userId: string,
): Promise<string[] | null> {
  const factor = await findFactor(tx, { userId, kind: 'recovery' })
  if (factor === undefined) return null
  const now = context.clock()
  const factorId = factor.id
  await saveFactorCreation(tx, factorId, now)
  const endedSessions = await deleteOtherSessionsOfFactor(tx, { factorId, keep: context.session.id, now })
  return saveCodes(tx, context, { userId, factorId, detail: { endedSessions } })
}

async function saveCodes(
  tx: Writer,
  context: AuditContext,
  { userId, factorId, detail }: { userId: string; factorId: string; detail?: { endedSessions: number } },
): Promise<string[]> {
  const codes = createRecoveryCodes()
  await replaceCodes(tx, { factorId, hashes: codes.map(recoveryCodeHash) })
  await recordEvent(tx, context, {
    event: 'recovery-codes-created',
    subject: userId,
    ...(detail && { detail }),
  })
  return codes.map(showRecoveryCode)
}
