import type { Writer } from '../../db/database.ts'
import { recordEvent } from '../audit/index.ts'
import type { AuditContext } from '../audit/index.ts'
import { addWrongCode, deleteEnrollment } from './store.ts'

/** An enrollment ends with as many wrong codes: 5 guesses find one of 3 right codes in 1 of 66,000 cases. */
const wrongCodes = 5

/**
 * Counts and records a wrong code of an enrollment, and deletes the enrollment with the last one.
 * @returns false when simultaneous calls have ended or replaced it
 */
export async function countWrongCode(
  tx: Writer,
  context: AuditContext,
  enrollment: { userId: string; sealed: string },
): Promise<boolean> {
  const counted = await addWrongCode(tx, enrollment)
  if (counted === null) return false
  if (counted >= wrongCodes) await deleteEnrollment(tx, enrollment)
  await recordEvent(tx, context, {
    event: 'second-factor-failed',
    subject: enrollment.userId,
    detail: { method: 'otp' },
  })
  return true
}
