import { NewRecoveryCodes, NoInput, RecoveryCodesStatus } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import { auditedCall, levelTwoProcedure, protectedProcedure, router } from '../../trpc.ts'
import { findFactor } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import { codesInSet } from './codes.ts'
import { replaceRecoveryCodes } from './create-codes.ts'
import { countCodes } from './store.ts'

const status = protectedProcedure
  .meta({ description: 'Returns how many recovery codes are left; null for an account without any.' })
  .input(NoInput)
  .output(RecoveryCodesStatus)
  .query(async ({ ctx }) => {
    const factor = await findFactor(ctx.db.read, { userId: ctx.user.id, kind: 'recovery' })
    if (factor === undefined) return null
    const left = await countCodes(ctx.db.read, factor.id)
    return { left, total: codesInSet, createdAt: toInstant(factor.created_at) }
  })

/** Fails without a second factor: codes alone are none, and are made with the first one. */
const regenerate = levelTwoProcedure
  .meta({ description: 'Replaces the recovery codes and returns the new ones, once.' })
  .concat(auditedCall)
  .input(NoInput)
  .output(NewRecoveryCodes)
  .mutation(({ ctx }) =>
    ctx.transaction(async (tx) => {
      const codes = await replaceRecoveryCodes(tx, ctx, ctx.user.id)
      // The last factor, and the codes with it, was removed since the guard.
      if (codes === null) throw ctx.fail('FACTOR_REQUIRED')
      await notify(tx, ctx, ctx.user, 'recovery-codes-replaced', {})
      return { codes }
    }),
  )

export const recoveryCodesRouter = router({ status, regenerate })
