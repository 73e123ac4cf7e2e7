import type { Context } from '../../context.ts'
import type { Writer } from '../../db/database.ts'
import { largestSetBackMs } from '../../ports/clock.ts'
import { saveFactorUse } from '../factors/index.ts'
import { findTimeStep, stepMs } from './code.ts'
import { findTotp, saveTimeStep } from './store.ts'

type TotpDeps = Pick<Context, 'db' | 'clock' | 'wallClock' | 'totpSealer'>

/**
 * Verifies a code of the user's authenticator app.
 * @returns a function that uses up its time step, in the transaction of its effect, and returns the id of the
 *   factor; null when the code is wrong or its step was used
 * @throws Error when no secret of AUTH_SECRETS opens the stored one
 */
export async function verifyTotp(
  { db, clock, wallClock, totpSealer }: TotpDeps,
  { userId, code }: { userId: string; code: string },
): Promise<(tx: Writer) => Promise<string | null>> {
  const totp = await findTotp(db.read, userId)
  if (totp === undefined) return async () => null
  const { factor_id: factorId, sealed } = totp
  const secret = totpSealer.open(sealed, [userId, factorId])
  if (secret === null)
    throw new Error('AUTH_SECRETS lacks the secret that sealed an authenticator app, or the row was altered.')
  const now = wallClock()
  const step = await findTimeStep({ secret, code, now })
  return async (tx) => {
    // A clock that is set back by more was wrong before.
    const wrongAfter = Math.ceil((now + largestSetBackMs) / stepMs) + 1
    const isUsed = step === null || !(await saveTimeStep(tx, { factorId, step, wrongAfter }))
    if (isUsed) return null
    await saveFactorUse(tx, factorId, clock())
    return factorId
  }
}
