import {
  ConfirmTotpInput,
  enrollmentMs,
  FactorAdded,
  FactorRemoved,
  NoInput,
  RemoveTotpInput,
  TotpEnrollment,
} from '@app/contract'
import { newId } from '../../id.ts'
import { toInstant } from '../../ports/clock.ts'
import { auditedCall, mayFail, protectedProcedure, router, sudoProcedure } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { cancelReset } from '../factor-resets/index.ts'
import { deleteFactor, findFactor, insertFactor, requireHighestLevel } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import { createFirstCodes } from '../recovery-codes/index.ts'
import { endOtherSessions, reissueToken } from '../sessions/index.ts'
import { findTimeStep } from './code.ts'
import { countWrongCode } from './count-wrong-code.ts'
import { createTotpSecret, totpUri } from './secret.ts'
import { deleteEnrollment, findEnrollment, insertTotp, saveEnrollment, sweepEnrollments } from './store.ts'

/** The clocks of two servers differ by less. */
const toleranceMs = 60_000

/** Changes no log-in: the secret counts when a code confirms it, and is useless after 10 minutes. */
const enroll = sudoProcedure
  .meta({ description: 'Returns the secret of a new authenticator app, which `totp.confirm` activates.' })
  .concat(mayFail('FACTOR_EXISTS'))
  .concat(auditedCall)
  .input(NoInput)
  .output(TotpEnrollment)
  .mutation(async ({ ctx }) => {
    const { id: userId, username } = ctx.user
    const secret = await createTotpSecret()
    const uri = await totpUri({ secret, username })
    const expiresAt = ctx.clock() + enrollmentMs
    await ctx.transaction(async (tx) => {
      if (await findFactor(tx, { userId, kind: 'totp' })) throw ctx.fail('FACTOR_EXISTS')
      const sealed = ctx.totpSealer.seal(secret, [userId])
      await saveEnrollment(tx, {
        user_id: userId,
        session_id: ctx.session.id,
        sealed,
        expires_at: expiresAt,
      })
      await sweepEnrollments(tx, ctx.clock(), 10)
    })
    return { secret, uri, expiresAt: toInstant(expiresAt) }
  })

/**
 * The code proves the new factor, so the session rises to level 2. Otherwise the user would need a second
 * code, of the next time step, for the next call that asks for it.
 */
const confirm = protectedProcedure
  .meta({
    description: 'Activates the authenticator app of `totp.enroll` by its first code.',
    secondFactor: 'if-added',
  })
  .concat(mayFail('NOT_FOUND', 'CODE_INVALID', 'REAUTH_REQUIRED', 'FACTOR_EXISTS'))
  .input(ConfirmTotpInput)
  .output(FactorAdded)
  .mutation(async ({ ctx, input: { code, endOtherSessions: endsOthers = true } }) => {
    const { user, session } = ctx
    const userId = user.id
    const now = ctx.clock()
    const latest = now + enrollmentMs + toleranceMs
    const enrollment = await findEnrollment(ctx.db.read, { session, now, latest })
    const secret = enrollment && ctx.totpSealer.open(enrollment.sealed, [userId])
    if (enrollment === undefined || typeof secret !== 'string') throw ctx.fail('NOT_FOUND')
    const step = await findTimeStep({ secret, code, now: ctx.wallClock() })
    const { sealed: enrolled } = enrollment
    if (step === null) {
      const isCounted = await ctx.transaction((tx) => countWrongCode(tx, ctx, { userId, sealed: enrolled }), {
        usesReserve: true,
      })
      throw ctx.fail(isCounted ? 'CODE_INVALID' : 'NOT_FOUND')
    }

    const { token, ...added } = await ctx.transaction(async (tx) => {
      if (!(await deleteEnrollment(tx, { userId, sealed: enrolled }))) throw ctx.fail('NOT_FOUND')
      // A passkey may have been added since, and must not be passed by a secret from before.
      await requireHighestLevel(tx, ctx)
      if (await findFactor(tx, { userId, kind: 'totp' })) throw ctx.fail('FACTOR_EXISTS')
      const factorId = newId(now)
      await insertFactor(tx, { id: factorId, userId, kind: 'totp', name: '', now })
      const sealed = ctx.totpSealer.seal(secret, [userId, factorId])
      await insertTotp(tx, { factor_id: factorId, sealed, last_step: step })
      await cancelReset(tx, ctx, user)
      const recoveryCodes = await createFirstCodes(tx, ctx, userId)
      const { endedSessions } = endsOthers ? await endOtherSessions(tx, ctx) : { endedSessions: 0 }
      await recordEvent(tx, ctx, { event: 'totp-added', subject: userId, detail: { endedSessions } })
      await notify(tx, ctx, user, 'factor-added', { factor: 'totp', name: null })
      const reissued = await reissueToken(tx, ctx, session, { at: now, method: 'otp', factorId })
      return { token: reissued, recoveryCodes, endedSessions }
    })
    ctx.auth.setSessionCookie(token)
    return added
  })

/** The foreign key lowers the sessions that the authenticator app carries, this one too. */
const remove = sudoProcedure
  .meta({ description: 'Removes the authenticator app from the account.' })
  .concat(mayFail('NOT_FOUND'))
  .input(RemoveTotpInput)
  .output(FactorRemoved)
  .mutation(async ({ ctx, input: { endOtherSessions: endsOthers = true } }) =>
    ctx.transaction(
      async (tx) => {
        const userId = ctx.user.id
        const factor = await findFactor(tx, { userId, kind: 'totp' })
        if (factor === undefined) throw ctx.fail('NOT_FOUND')
        await deleteFactor(tx, { id: factor.id, userId })
        const { endedSessions } = endsOthers ? await endOtherSessions(tx, ctx) : { endedSessions: 0 }
        await recordEvent(tx, ctx, { event: 'totp-removed', subject: userId, detail: { endedSessions } })
        await notify(tx, ctx, ctx.user, 'factor-removed', { factor: 'totp', name: null })
        return { endedSessions }
      },
      { usesReserve: true },
    ),
  )

export const totpRouter = router({ enroll, confirm, remove })
