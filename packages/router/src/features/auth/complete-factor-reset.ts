import { FactorResetSecretInput, SignedIn } from '@app/contract'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { mayFail, publicProcedure } from '../../trpc.ts'
import { applyReset } from '../factor-resets/index.ts'
import { completeLogin, sendLogin } from './complete-login.ts'
import { readPendingLogin, requirePendingUser } from './pending-user.ts'

/**
 * Takes the place of `auth.secondFactor` for a user who lost every factor. Tries are not counted for the
 * account: the secret cannot be guessed, and an attacker with the password must not lock the user out.
 */
export const completeFactorReset = publicProcedure
  .meta({
    description:
      'Finishes a log-in that answered `second-factor` by the link of a factor reset, which removes all second factors.',
    recovers: true,
  })
  .concat(mayFail('LOGIN_EXPIRED', 'COOKIE_MISSING', 'LINK_INVALID', 'LINK_TOO_EARLY'))
  .input(FactorResetSecretInput)
  .output(SignedIn)
  .mutation(async ({ ctx, input: { secret } }) => {
    const pending = readPendingLogin(ctx)
    requireAllowance(await ctx.rateLimits.consume('linksPerAddress', addressKey(ctx.request.ip)))
    const { remembered, methods } = pending
    const previousSession = await ctx.auth.session()
    const device = ctx.deviceCookie.read(ctx.cookies)

    // The link lets the user act, so the transaction uses it up instead of locking a session.
    const loggedIn = await ctx.db.writeFromReserve(async (tx) => {
      const user = await requirePendingUser(tx, ctx, pending)
      await applyReset(tx, ctx, { user, secret }, ctx.fail)
      const login = { path: 'auth.completeFactorReset', user, remembered, previousSession, device } as const
      return completeLogin(tx, ctx, { ...login, methods, factorId: null })
    })
    return sendLogin(ctx, loggedIn, device)
  })
