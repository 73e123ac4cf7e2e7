import { SecondFactorInput, SignedIn } from '@app/contract'
import type { Writer } from '../../db/database.ts'
import { mayFail, publicProcedure } from '../../trpc.ts'
import { actingAs } from '../audit/index.ts'
import { resetFailures } from '../throttle/index.ts'
import { completeLogin, sendLogin } from './complete-login.ts'
import { countFactorAttempt, recordFailedFactor } from './count-factor-attempt.ts'
import { readPendingLogin, requirePendingUser } from './pending-user.ts'
import { verifySecondFactor, wrongProofReason } from './second-factors.ts'

/**
 * Reads the pending log-in from its own cookie, so a session of another user changes nothing. Right proofs
 * are used up and the session is opened in one transaction. A void log-in uses up no tries of the account.
 */
export const secondFactor = publicProcedure
  .meta({ description: 'Finishes a log-in that answered `second-factor`.', recovers: true })
  .concat(mayFail('LOGIN_EXPIRED', 'COOKIE_MISSING', 'CODE_INVALID', 'PASSKEY_INVALID'))
  .input(SecondFactorInput)
  .output(SignedIn)
  .mutation(async ({ ctx, input: proof }) => {
    const pending = readPendingLogin(ctx)
    const { userId, remembered } = pending
    const check = (tx: Writer) => requirePendingUser(tx, ctx, pending)
    const attempt = await countFactorAttempt(ctx, { userId, sessionId: null, check })
    const useProof = await verifySecondFactor(actingAs(ctx, userId), {
      userId,
      proof,
      purpose: 'second-factor',
    })
    const previousSession = await ctx.auth.session()
    const device = ctx.deviceCookie.read(ctx.cookies)

    const step = await ctx.db.writeFromReserve(async (tx) => {
      const user = await requirePendingUser(tx, ctx, pending)
      const factorId = await useProof(tx)
      if (factorId === null) {
        await recordFailedFactor(tx, ctx, { userId, method: proof.method }, attempt)
        return { status: 'wrong' } as const
      }
      const { account, device: ofDevice } = ctx.throttleKeys.factors
      await resetFailures(tx, [attempt.throttleKey, account(userId), ofDevice(userId, device.hash)])
      const methods = [...pending.methods, proof.method]
      const login = { path: 'auth.secondFactor', user, remembered, previousSession, device } as const
      return completeLogin(tx, ctx, { ...login, methods, factorId })
    })
    if (step.status === 'wrong') throw ctx.fail(wrongProofReason(proof))
    return sendLogin(ctx, step, device)
  })
