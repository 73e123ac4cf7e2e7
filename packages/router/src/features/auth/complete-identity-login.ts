import { countRightProof, rightProofRefusedForSeconds } from '../../rate-limits/right-proofs.ts'
import { recordEvent } from '../audit/index.ts'
import { isIdentityOf, saveIdentityUse, shownNameOf } from '../identities/index.ts'
import { findEnabledUser } from '../users/index.ts'
import { completeFirstStep, sendFirstStep } from './complete-login.ts'
import type { CallbackContext, IdentityOutcome, ProvedAttempt } from './proved-attempt.ts'

/**
 * Logs in the user of a known identity, or asks for the second factor of an account that has one: a provider
 * says nothing dependable about how its user logged in there.
 */
export async function completeIdentityLogin(
  ctx: CallbackContext,
  { attempt: { provider, purpose, redirectTo }, account }: ProvedAttempt,
  { id, user_id: userId }: { id: string; user_id: string },
): Promise<IdentityOutcome> {
  const proof = { use: 'passwordless-login', userId } as const
  if ((await rightProofRefusedForSeconds(ctx.rateLimits, proof)) > 0) return { error: 'busy' }
  await countRightProof(ctx.rateLimits, proof)
  const previousSession = await ctx.auth.session()
  const device = ctx.deviceCookie.read(ctx.cookies)
  const step = await ctx.db.writeFromReserve(async (tx) => {
    const user = await findEnabledUser(tx, userId)
    // It may have been unlinked since it was found, or the account closed.
    if (!(await isIdentityOf(tx, { id, userId }, ctx.settings.providers))) return 'expired'
    if (user === undefined) {
      const detail = { method: 'oidc', provider }
      await recordEvent(tx, ctx, { event: 'login-failed', subject: userId, detail })
      return 'account-disabled'
    }
    await saveIdentityUse(tx, id, { name: shownNameOf(account), now: ctx.clock() })
    return completeFirstStep(tx, ctx, {
      path: 'GET /auth/<provider>/callback',
      method: 'oidc',
      proof: { kind: 'identity', id },
      user,
      remembered: purpose.kind === 'log-in' && purpose.remembered,
      previousSession,
      device,
    })
  })
  if (typeof step === 'string') return { error: step }
  const sent = sendFirstStep(ctx, step, device)
  if (sent.status === 'signed-in') return redirectTo
  const query = new URLSearchParams({ secondFactor: sent.methods.join(',') })
  if (redirectTo !== '/') query.set('redirectTo', redirectTo)
  return `/login?${query.toString()}`
}
