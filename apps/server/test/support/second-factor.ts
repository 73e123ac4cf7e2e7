import { createHash, randomBytes } from 'node:crypto'
import { recoveryCodeAlphabet } from '@app/contract'
import { newId } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'
import { post } from './raw-call.ts'

/**
 * Gives an account a second factor without its secret, as a database that was restored has it, and one
 * recovery code, which is returned. The sessions of the user stay at level 1.
 */
export async function giveSecondFactor(app: TestApp, userId: string): Promise<string> {
  const code = [...randomBytes(24)].map((byte) => recoveryCodeAlphabet.charAt(byte & 31)).join('')
  const now = app.clock.now()
  const factorOf = (kind: 'totp' | 'recovery') => ({
    id: newId(now),
    user_id: userId,
    kind,
    name: '',
    created_at: now,
    last_used_at: null,
  })
  const [totp, recovery] = [factorOf('totp'), factorOf('recovery')]
  const hash = createHash('sha256').update(`accounts/recovery-code/v1\0${code}`).digest('base64url')
  await app.services.db.write(async (tx) => {
    // Lowers the sessions that an older one carries.
    await tx.deleteFrom('factors').where('user_id', '=', userId).execute()
    await tx.insertInto('factors').values([totp, recovery]).execute()
    await tx.insertInto('recovery_codes').values({ hash, factor_id: recovery.id }).execute()
  })
  return code
}

/** Logs in by the password, and returns the cookie of the pending log-in. */
export async function startLogin(
  app: TestApp,
  user: { username: string; password: string },
): Promise<string> {
  const answer = await post(app.url, 'auth.login', user)
  const pending = answer.cookies.find((cookie) => cookie.includes('pending-login'))
  if (pending === undefined) throw new Error(`No second step: ${answer.text}`)
  return pending
}

/** Gives a user without a second factor one, and raises the sessions to level 2. */
export async function raiseToLevelTwo(app: TestApp, userId: string): Promise<void> {
  const { db } = app.services
  const factors = await db.read.selectFrom('factors').where('user_id', '=', userId).select('id').execute()
  if (factors.length === 0) await raiseSessions(app, userId)
}

/** Gives a user another second factor, and raises the sessions to level 2 by it. */
export async function raiseSessions(app: TestApp, userId: string): Promise<void> {
  await giveSecondFactor(app, userId)
  await app.services.db.write((tx) =>
    tx
      .updateTable('sessions')
      .set(({ selectFrom }) => ({
        factor_id: selectFrom('factors')
          .select('id')
          .where('user_id', '=', userId)
          .where('kind', '=', 'totp'),
      }))
      .where('user_id', '=', userId)
      .execute(),
  )
}

/** Lowers the sessions of a user to level 1, of an account that has a second factor. */
export async function lowerSessions(app: TestApp, userId: string): Promise<void> {
  const { db } = app.services
  const factors = await db.read.selectFrom('factors').where('user_id', '=', userId).select('id').execute()
  if (factors.length === 0) await giveSecondFactor(app, userId)
  await db.write((tx) =>
    tx.updateTable('sessions').set({ factor_id: null }).where('user_id', '=', userId).execute(),
  )
}
