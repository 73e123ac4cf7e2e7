import {
  Done,
  FactorResetRequested,
  FactorResetSecretInput,
  FactorResetState,
  NoInput,
  ResetFactorsInput,
} from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { auditedCall, mayFail, publicProcedure, sudoAdminProcedure, sudoProcedure } from '../../trpc.ts'
import { inspectSecret } from '../one-time-secrets/index.ts'
import { findUserById } from '../users/index.ts'
import { cancelReset } from './end-reset.ts'
import { requestReset } from './request-reset.ts'
import { findReset } from './store.ts'

/**
 * Refuses an admin's own account: with a stolen session and the password, an attacker would get rid of the
 * second factor.
 */
export const resetFactors = sudoAdminProcedure
  .meta({
    description:
      'Requests the removal of all second factors of a user who lost them, and returns a link to be handed over in person. The owner can cancel it until it takes effect.',
  })
  .concat(mayFail('NOT_FOUND', 'FORBIDDEN'))
  .concat(auditedCall)
  .input(ResetFactorsInput)
  .output(FactorResetRequested)
  .mutation(async ({ ctx, input }) => {
    if (input.id === ctx.user.id) throw ctx.fail('FORBIDDEN')
    return ctx.transaction(async (tx) => {
      const requested = await requestReset(tx, ctx, input.id)
      if (requested === null) throw ctx.fail('NOT_FOUND')
      const { effectiveAt, link, expiresAt } = requested
      return { effectiveAt: toInstant(effectiveAt), link, expiresAt: toInstant(expiresAt) }
    })
  })

/**
 * Under sudo: the finder of a lost device with a session must not keep its owner out. A confirmation by a
 * factor cancels the reset by itself, because the factor is not lost.
 */
export const cancelFactorReset = sudoProcedure
  .meta({
    description: 'Cancels a requested removal of second factors. Also succeeds without one.',
    recovers: true,
  })
  .input(NoInput)
  .output(Done)
  .mutation(async ({ ctx }) => {
    await ctx.transaction((tx) => cancelReset(tx, ctx, ctx.user), { usesReserve: true })
    return {}
  })

/** A mutation, because the input of a query is in the URL, and so in logs. It changes nothing. */
export const inspectFactorReset = publicProcedure
  .meta({
    description: 'Returns whose link of a factor reset it is, and when it works. Changes nothing.',
    recovers: true,
  })
  .concat(mayFail('LINK_INVALID'))
  .input(FactorResetSecretInput)
  .output(FactorResetState)
  .mutation(async ({ ctx, input: { secret } }) => {
    requireAllowance(await ctx.rateLimits.consume('linksPerAddress', addressKey(ctx.request.ip)))
    const now = ctx.clock()
    const found = await inspectSecret(ctx.db.read, { purpose: 'factor-reset', secret, now })
    if (found === undefined) throw ctx.fail('LINK_INVALID')
    const user = await findUserById(ctx.db.read, found.subject)
    const reset = await findReset(ctx.db.read, { userId: found.subject, now })
    if (user?.disabled_at !== null || reset === undefined) throw ctx.fail('LINK_INVALID')
    return {
      username: user.username,
      effectiveAt: toInstant(reset.effective_at),
      expiresAt: toInstant(found.expires_at),
    }
  })
