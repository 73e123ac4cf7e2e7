import { AccountOptions, CurrentSession, Done, LoginInput, LoginResult, NoInput } from '@app/contract'
import { pseudonymize } from '../../context.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { hashingProcedure, mayFail, publicProcedure, router } from '../../trpc.ts'
import { actingAs, recordEvent } from '../audit/index.ts'
import { inspectFactorReset } from '../factor-resets/index.ts'
import { allowsPassword } from '../factors/index.ts'
import { passkeyOriginOf } from '../passkeys/index.ts'
import {
  isCredentialVersion,
  recordFailedPassword,
  resetLoginFailures,
  throttleKeyForLogin,
  upgradeHash,
  verifyPassword,
} from '../passwords/index.ts'
import { deleteSession, fingerprintOf, toSession } from '../sessions/index.ts'
import { findEnabledUser, findUserByLoginName, ownFields } from '../users/index.ts'
import { clearUnfinished } from './clear-unfinished.ts'
import { completeFactorReset } from './complete-factor-reset.ts'
import { completeFirstStep, sendFirstStep } from './complete-login.ts'
import { elevate } from './elevate.ts'
import { identitySignup } from './identity-signup.ts'
import { passkeyLogin, passkeyOptions } from './passkey-login.ts'
import { reportSpraying } from './report-spraying.ts'
import { secondFactor } from './second-factor.ts'
import { signup } from './signup.ts'

const login = hashingProcedure
  .meta({ description: 'Logs a user in by user name or verified address. The session travels in a cookie.' })
  .concat(mayFail('PASSWORD_LOGIN_OFF', 'INVALID_CREDENTIALS', 'BUSY'))
  .use(async ({ ctx, next }) => {
    if (ctx.settings.passwordLogin === 'off') throw ctx.fail('PASSWORD_LOGIN_OFF')
    // Reserves one allowed failure during the log-in, so that simultaneous guesses cannot exceed the limit.
    const reserved = await ctx.rateLimits.reserve('loginFailuresPerAddress', addressKey(ctx.request.ip))
    const isRejected = typeof reserved === 'number'
    // A known device has its own limit of failures. Whether the cookie belongs to one is checked later; most
    // attackers do not send one.
    if (isRejected && !ctx.deviceCookie.isPresent(ctx.cookies)) {
      throw ctx.fail('RATE_LIMITED', { retryAfterSeconds: reserved })
    }
    using addressReservation = isRejected ? null : reserved
    return await next({ ctx: { addressReservation, addressClosedSeconds: isRejected ? reserved : 0 } })
  })
  .input(LoginInput)
  .output(LoginResult)
  .mutation(async ({ ctx, input }) => {
    const { username, password, remember = false } = input
    const known = await findUserByLoginName(ctx.db.read, username)
    const device = ctx.deviceCookie.read(ctx.cookies)
    const counted = await throttleKeyForLogin(ctx, { userId: known?.id, username, device })
    const { throttleKey, isKnownDevice } = counted
    if (!isKnownDevice && ctx.addressReservation === null) {
      throw ctx.fail('RATE_LIMITED', { retryAfterSeconds: ctx.addressClosedSeconds })
    }
    const verification = await verifyPassword(ctx, { userId: known?.id, password, ...counted })
    const previousSession = await ctx.auth.session()

    // The password lets the user act, so the transaction checks its version instead of a session.
    const loggedIn = await ctx.db.writeFromReserve(async (tx) => {
      const user = known && verification.matches ? await findEnabledUser(tx, known.id) : undefined
      if (
        user === undefined ||
        !allowsPassword(ctx.settings, user.role) ||
        !(await isCredentialVersion(tx, user.id, verification.version))
      ) {
        // Users mistype their password as a user name, so an unknown name is stored as a keyed hash only.
        const detail = known ? {} : { identifier: pseudonymize(ctx, username) }
        const failed = { event: 'login-failed', subject: known?.id ?? null, detail } as const
        await recordFailedPassword(tx, ctx, failed, verification)
        return null
      }
      await resetLoginFailures(tx, ctx, { userId: user.id, device, throttleKey })
      await upgradeHash(tx, user.id, verification)
      return completeFirstStep(tx, ctx, {
        path: 'auth.login',
        method: 'pwd',
        proof: { kind: 'password', version: verification.version },
        user,
        remembered: remember,
        previousSession,
        device,
      })
    })
    if (loggedIn === null) {
      // A known device has used up its own allowance.
      const closesAddress = !isKnownDevice && (await ctx.addressReservation?.count()) === true
      const limited = { event: 'password-limited', subject: null, detail: { per: 'address' } } as const
      // A failed log-in has no session.
      if (closesAddress) await ctx.db.writeFromReserve((tx) => recordEvent(tx, ctx, limited))
      await reportSpraying(ctx, known?.id ?? pseudonymize(ctx, username))
      throw ctx.fail('INVALID_CREDENTIALS')
    }
    if (known !== undefined) ctx.sprayDetector.succeeded(known.id)
    return sendFirstStep(ctx, loggedIn, device)
  })

/**
 * Succeeds without a session, and when repeated. If the session cannot be ended the cookie stays, because the
 * session would be alive.
 */
const logout = publicProcedure
  .meta({ description: 'Ends the session. Also succeeds without one.', recovers: true })
  .input(NoInput)
  .output(Done)
  .mutation(async ({ ctx }) => {
    const session = await ctx.auth.session()
    if (session !== null) {
      const acting = actingAs(ctx, session.user_id)
      // A session that ended or changed its token since then is ended too.
      await ctx.db.writeFromReserve(async (tx) => {
        const wasOpen = await deleteSession(tx, session.id)
        if (wasOpen) await recordEvent(tx, acting, { event: 'logout', subject: session.user_id })
      })
    }
    clearUnfinished(ctx)
    ctx.auth.clearSessionCookie()
    return {}
  })

/**
 * Returns null instead of a failure without a session, because public pages call it. Never renews a session.
 */
const session = publicProcedure
  .meta({
    description:
      'Returns the user and the session, or null when no user is logged in. Does not renew the session.',
  })
  .input(NoInput)
  .output(CurrentSession)
  .query(async ({ ctx }) => {
    const current = await ctx.auth.session()
    if (current === null) return null
    const stateFingerprint = await fingerprintOf(ctx.db.read, current, ctx.clock())
    const user = ownFields(current.user, current.email)
    return { user, session: toSession(current, current.id), stateFingerprint }
  })

/** For the pages of people who are not logged in: log-in, sign-up and recovery. */
const options = publicProcedure
  .meta({ description: 'Returns who may sign up, whether mail is sent, and whom to ask.' })
  .input(NoInput)
  .output(AccountOptions)
  .query(({ ctx }) => ({
    signup: ctx.settings.signup,
    mail: ctx.mailMode,
    contact: ctx.settings.supportContact,
    passwordLogin: ctx.settings.passwordLogin,
    passkeyOrigin: passkeyOriginOf(ctx.publicUrl()),
    providers: ctx.settings.providers.map(({ name, label }) => ({ name, label })),
  }))

export const authRouter = router({
  signup,
  identitySignup,
  login,
  secondFactor,
  inspectFactorReset,
  completeFactorReset,
  passkeyOptions,
  passkeyLogin,
  logout,
  session,
  options,
  elevate,
})
