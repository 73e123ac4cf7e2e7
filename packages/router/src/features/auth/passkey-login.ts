import { PasskeyLoginInput, PasskeyOptionsInput, PasskeyRequestOptions, SignedIn } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Database } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { countRightProof, rightProofRefusedForSeconds } from '../../rate-limits/right-proofs.ts'
import { mayFail, publicProcedure } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { listPasskeys, requestOptions, requireRelyingParty, verifyPasskey } from '../passkeys/index.ts'
import { findEnabledUser } from '../users/index.ts'
import { completeLogin, sendLogin } from './complete-login.ts'
import { readPendingLogin } from './pending-user.ts'

/** A mutation, because it sets a cookie. Writes nothing to the database: pages call it for each visitor. */
export const passkeyOptions = publicProcedure
  .meta({
    description:
      'Returns the options with which a browser asks for a passkey: for a log-in, its second step, or a confirmation.',
    recovers: true,
  })
  .concat(mayFail('PASSKEYS_UNAVAILABLE', 'LOGIN_EXPIRED', 'COOKIE_MISSING', 'UNAUTHENTICATED'))
  .input(PasskeyOptionsInput)
  .output(PasskeyRequestOptions)
  .mutation(async ({ ctx, input: { purpose = 'login' } }) => {
    const site = requireRelyingParty(ctx)
    const { use, userId } = await challengeUseOf(ctx, purpose)
    const challenge = ctx.passkeyChallenges.issue(ctx.cookies, { use, now: ctx.clock() })
    const passkeys = userId === null ? [] : await listPasskeys(ctx.db.read, userId)
    return requestOptions({ site, challenge, passkeys })
  })

/** A session of level 2, without a password: the passkey proves the device and its user. */
export const passkeyLogin = publicProcedure
  .meta({ description: 'Logs a user in by a passkey alone.', recovers: true })
  .concat(mayFail('PASSKEYS_UNAVAILABLE', 'PASSKEY_INVALID', 'COOKIE_MISSING'))
  .use(async ({ ctx, next }) => {
    const address = addressKey(ctx.request.ip)
    const wait =
      (await ctx.rateLimits.consume('passkeyLoginsPerAddress', address)) ||
      (await ctx.rateLimits.consume('passkeyLoginsPerNetwork', networkOf(address)))
    requireAllowance(wait)
    return next()
  })
  .input(PasskeyLoginInput)
  .output(SignedIn)
  .mutation(async ({ ctx, input: { response, remember = false } }) => {
    requireRelyingParty(ctx)
    const passkey = await verifyPasskey(ctx, { response, use: 'login' })
    const { userId } = passkey
    if (userId !== null && passkey.isVerified) {
      const proof = { use: 'passwordless-login', userId } as const
      requireAllowance(await rightProofRefusedForSeconds(ctx.rateLimits, proof))
      // Counted although the passkey may be a copy: that is an event too.
      await countRightProof(ctx.rateLimits, proof)
    }
    const previousSession = await ctx.auth.session()
    const device = ctx.deviceCookie.read(ctx.cookies)

    // The passkey lets the user act, so the transaction uses it up instead of locking a session.
    const loggedIn = await ctx.db.writeFromReserve(async (tx) => {
      const user = userId === null ? undefined : await findEnabledUser(tx, userId)
      if (user === undefined) return null
      const factorId = await passkey.use(tx, ctx)
      if (factorId === null) return null
      return completeLogin(tx, ctx, {
        path: 'auth.passkeyLogin',
        user,
        methods: ['passkey'],
        factorId,
        remembered: remember,
        previousSession,
        device,
      })
    })
    if (loggedIn === null) {
      await recordFailedLogin(ctx, userId)
      // Without the cookie of the challenge no passkey is right: it expired, or the browser blocks cookies.
      throw ctx.fail(ctx.cookies.isEmpty() ? 'COOKIE_MISSING' : 'PASSKEY_INVALID')
    }
    return sendLogin(ctx, loggedIn, device)
  })

type OptionsContext = Context & { fail: Fail<'LOGIN_EXPIRED' | 'COOKIE_MISSING' | 'UNAUTHENTICATED'> }

/** Returns what a challenge is for, and the user whose passkeys may answer it; null: any user. */
async function challengeUseOf(ctx: OptionsContext, purpose: 'login' | 'second-factor' | 'elevation') {
  if (purpose === 'login') return { use: 'login', userId: null } as const
  if (purpose === 'second-factor') {
    const pending = readPendingLogin(ctx)
    return { use: `second-factor:${pending.userId}`, userId: pending.userId } as const
  }
  const session = await ctx.auth.session()
  if (session === null) throw ctx.fail('UNAUTHENTICATED')
  return { use: `elevate:${session.id}`, userId: session.user_id } as const
}

/** Writes the first failures of an address; more would fill the disk and tell nothing new. */
async function recordFailedLogin(ctx: Context & { db: Database }, userId: string | null): Promise<void> {
  const address = addressKey(ctx.request.ip)
  if ((await ctx.rateLimits.consume('passkeyFailuresPerAddress', address)) > 0) return
  const event = { event: 'login-failed', subject: userId, detail: { method: 'passkey' } } as const
  // A failed log-in has no session.
  await ctx.db.writeFromReserve((tx) => recordEvent(tx, ctx, event))
}
