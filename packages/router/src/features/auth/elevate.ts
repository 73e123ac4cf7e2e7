import { ElevateInput, Elevated, sudoWindowMs } from '@app/contract'
import type { SecondFactorProof } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Database } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { toInstant } from '../../ports/clock.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { countRightProof, rightProofRefusedForSeconds } from '../../rate-limits/right-proofs.ts'
import { mayFail, passwordProcedure } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { cancelReset } from '../factor-resets/index.ts'
import { allowsPassword, requireHighestLevel } from '../factors/index.ts'
import {
  isCredentialVersion,
  recordFailedPassword,
  throttleKeyForSession,
  upgradeHash,
  verifyPassword,
} from '../passwords/index.ts'
import { lockSession, reissueToken } from '../sessions/index.ts'
import type { SessionWithUser } from '../sessions/index.ts'
import { resetFailures } from '../throttle/index.ts'
import { findUserById } from '../users/index.ts'
import { countFactorAttempt, recordFailedFactor } from './count-factor-attempt.ts'
import { verifySecondFactor, wrongProofReason } from './second-factors.ts'

type Outcome =
  | {
      reason:
        | 'INVALID_CREDENTIALS'
        | 'SESSION_EXPIRED'
        | 'CODE_INVALID'
        | 'PASSKEY_INVALID'
        | 'PASSWORD_LOGIN_OFF'
    }
  | { reason: null; token: Awaited<ReturnType<typeof reissueToken>> }

type ElevateContext = Context & {
  db: Database
  session: SessionWithUser
  fail: Fail<'RATE_LIMITED' | 'BUSY' | 'PASSWORD_LOGIN_OFF' | 'REAUTH_REQUIRED'>
}

/**
 * A second factor raises the session to level 2. A password proves that the user is still there, and the
 * level stays. At level 1 of an account with a second factor it is not compared: it would not be enough.
 */
export const elevate = passwordProcedure
  .meta({
    description: 'Confirms the user, so that calls that fail with REAUTH_REQUIRED are allowed for a while.',
    secondFactor: 'if-added',
  })
  .concat(
    mayFail(
      'INVALID_CREDENTIALS',
      'CODE_INVALID',
      'PASSKEY_INVALID',
      'PASSWORD_LOGIN_OFF',
      'REAUTH_REQUIRED',
      'BUSY',
      'SESSION_EXPIRED',
    ),
  )
  .input(ElevateInput)
  .output(Elevated)
  .mutation(async ({ ctx, input }) => {
    const at = ctx.clock()
    const outcome =
      'password' in input
        ? await elevateByPassword(ctx, { password: input.password, at })
        : await elevateByFactor(ctx, { proof: input, at })
    if (outcome.reason !== null) throw ctx.fail(outcome.reason)
    ctx.auth.setSessionCookie(outcome.token)
    return { sudoUntil: toInstant(at + sudoWindowMs) }
  })

async function elevateByPassword(
  ctx: ElevateContext,
  { password, at }: { password: string; at: number },
): Promise<Outcome> {
  const { session } = ctx
  const { user } = session
  if (!allowsPassword(ctx.settings, user.role)) throw ctx.fail('PASSWORD_LOGIN_OFF')
  await requireHighestLevel(ctx.db.read, ctx)
  const device = ctx.deviceCookie.read(ctx.cookies)
  const counted = await throttleKeyForSession(ctx, { session, device })
  const verification = await verifyPassword(ctx, { userId: user.id, password, ...counted })

  // Not `ctx.transaction`: a wrong password is recorded even if the session ended.
  return ctx.db.writeFromReserve(async (tx) => {
    const isOpen = await lockSession(tx, session)
    if (!verification.matches || !(await isCredentialVersion(tx, user.id, verification.version))) {
      await recordFailedPassword(tx, ctx, { event: 'elevation-failed', subject: user.id }, verification)
      return { reason: 'INVALID_CREDENTIALS' }
    }
    if (!isOpen) return { reason: 'SESSION_EXPIRED' }
    // An admin may have lost the role, and with it the password, since the guard read it.
    const current = await findUserById(tx, user.id)
    if (current === undefined || !allowsPassword(ctx.settings, current.role)) {
      return { reason: 'PASSWORD_LOGIN_OFF' }
    }
    await requireHighestLevel(tx, ctx)
    await resetFailures(tx, [counted.throttleKey])
    await upgradeHash(tx, user.id, verification)
    const token = await reissueToken(tx, ctx, session, { at, method: 'pwd', factorId: null })
    await recordEvent(tx, ctx, { event: 'elevated', subject: user.id, detail: { method: 'pwd' } })
    return { reason: null, token }
  })
}

async function elevateByFactor(
  ctx: ElevateContext,
  { proof, at }: { proof: SecondFactorProof; at: number },
): Promise<Outcome> {
  const { session } = ctx
  const userId = session.user_id
  const right = { use: 'confirmation', sessionId: session.id } as const
  requireAllowance(await rightProofRefusedForSeconds(ctx.rateLimits, right))
  const attempt = await countFactorAttempt(ctx, { userId, sessionId: session.id })
  const useProof = await verifySecondFactor(ctx, { userId, proof, purpose: 'elevation' })

  const outcome = await ctx.db.writeFromReserve(async (tx): Promise<Outcome> => {
    const isOpen = await lockSession(tx, session)
    if (!isOpen) return { reason: 'SESSION_EXPIRED' }
    const factorId = await useProof(tx)
    if (factorId === null) {
      await recordFailedFactor(tx, ctx, { userId, method: proof.method }, attempt)
      return { reason: wrongProofReason(proof) }
    }
    await cancelReset(tx, ctx, session.user)
    await resetFailures(tx, [attempt.throttleKey])
    const token = await reissueToken(tx, ctx, session, { at, method: proof.method, factorId })
    await recordEvent(tx, ctx, { event: 'elevated', subject: userId, detail: { method: proof.method } })
    return { reason: null, token }
  })
  if (outcome.reason === null) await countRightProof(ctx.rateLimits, right)
  return outcome
}
