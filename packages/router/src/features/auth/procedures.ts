import {
  CurrentSession,
  Done,
  ElevateInput,
  Elevated,
  LoginInput,
  NoInput,
  roles,
  SignedIn,
  SignupInput,
  sudoWindowMs,
} from '@app/contract'
import { pseudonymize } from '../../context.ts'
import { toInstant } from '../../ports/clock.ts'
import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { hashingProcedure, mayFail, passwordProcedure, publicProcedure, router } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import {
  checkChosenPassword,
  hashFirstPassword,
  isCredentialVersion,
  recordFailedPassword,
  throttleKeyForLogin,
  throttleKeyForSession,
  upgradeHash,
  verifyPassword,
} from '../passwords/index.ts'
import { deleteSession, fingerprintOf, lockSession, reissueToken, toSession } from '../sessions/index.ts'
import { resetFailures } from '../throttle/index.ts'
import { createAccount, findEnabledUser, findUserByUsername, isTaken, readSelf } from '../users/index.ts'
import { openSession } from './open-session.ts'
import { reportSpraying } from './report-spraying.ts'

const signup = hashingProcedure
  .meta({ description: 'Creates an account and logs its user in.' })
  .concat(mayFail('USERNAME_TAKEN', 'PASSWORD_REJECTED', 'SIGNUP_CLOSED', 'BUSY'))
  .use(async ({ ctx, next }) => {
    if (ctx.settings.signup === 'closed') throw ctx.fail('SIGNUP_CLOSED')
    const address = addressKey(ctx.request.ip)
    const wait =
      (await ctx.rateLimits.consume('signupsPerAddress', address)) ||
      (await ctx.rateLimits.consume('signupsPerNetwork', networkOf(address)))
    if (wait > 0) throw ctx.fail('RATE_LIMITED', { retryAfterSeconds: wait })
    return next()
  })
  .input(SignupInput)
  .output(SignedIn)
  .mutation(async ({ ctx, input }) => {
    const { username, password, name = username, email, remember = false } = input
    // Checked here to save a hash; the insert below decides.
    if (await isTaken(ctx.db.read, username)) throw ctx.fail('USERNAME_TAKEN')
    const identity = { username, name, email: email ?? null }
    checkChosenPassword(ctx, { password, field: 'password', identity })
    const passwordHash = await hashFirstPassword(ctx, { username, password })
    const previousSession = await ctx.auth.session()
    const device = ctx.deviceCookie.read(ctx.cookies)

    // The new account has no session yet.
    const signedUp = await ctx.db.write(async (tx) => {
      const user = await createAccount(tx, ctx, { username, name, role: roles[0], passwordHash, email })
      if (user === null) return null
      const token = await openSession(tx, ctx, {
        userId: user.id,
        remembered: remember,
        previousSession,
        device,
      })
      const actor = { kind: 'user', id: user.id } as const
      await recordEvent(tx, { ...ctx, actor }, { event: 'signup', subject: user.id })
      return { token, self: await readSelf(tx, user) }
    })
    if (signedUp === null) throw ctx.fail('USERNAME_TAKEN')
    ctx.auth.setSessionCookie(signedUp.token)
    ctx.deviceCookie.keep(ctx.cookies, device)
    return { status: 'signed-in', user: signedUp.self }
  })

const login = hashingProcedure
  .meta({ description: 'Logs a user in. The session travels in a cookie.' })
  .concat(mayFail('INVALID_CREDENTIALS', 'BUSY'))
  .use(async ({ ctx, next }) => {
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
  .output(SignedIn)
  .mutation(async ({ ctx, input }) => {
    const { username, password, remember = false } = input
    const known = await findUserByUsername(ctx.db.read, username)
    const device = ctx.deviceCookie.read(ctx.cookies)
    const { throttleKey, isKnownDevice } = await throttleKeyForLogin(ctx, {
      userId: known?.id,
      username,
      device,
    })
    if (!isKnownDevice && ctx.addressReservation === null) {
      throw ctx.fail('RATE_LIMITED', { retryAfterSeconds: ctx.addressClosedSeconds })
    }
    const verification = await verifyPassword(ctx, {
      userId: known?.id,
      password,
      throttleKey,
      isKnownDevice,
    })
    const previousSession = await ctx.auth.session()

    // The password lets the user act, so the transaction checks its version instead of a session.
    const loggedIn = await ctx.db.writeFromReserve(async (tx) => {
      const user = known && verification.matches ? await findEnabledUser(tx, known.id) : undefined
      if (user === undefined || !(await isCredentialVersion(tx, user.id, verification.version))) {
        // Users mistype their password as a user name, so an unknown name is stored as a keyed hash only.
        const detail = known ? {} : { identifier: pseudonymize(ctx, username) }
        const failed = { event: 'login-failed', subject: known?.id ?? null, detail } as const
        await recordFailedPassword(tx, ctx, failed, verification)
        return null
      }
      const { account, device: ofDevice } = ctx.throttleKeys
      await resetFailures(tx, [throttleKey, account(user.id), ofDevice(user.id, device.hash)])
      await upgradeHash(tx, user.id, verification)
      const token = await openSession(tx, ctx, {
        userId: user.id,
        remembered: remember,
        previousSession,
        device,
      })
      const actor = { kind: 'user', id: user.id } as const
      await recordEvent(tx, { ...ctx, actor }, { event: 'login', subject: user.id })
      return { token, self: await readSelf(tx, user) }
    })
    if (loggedIn === null) {
      // A known device has used up its own allowance.
      const closesAddress = !isKnownDevice && (await ctx.addressReservation?.countFailure()) === true
      const limited = { event: 'password-limited', subject: null, detail: { per: 'address' } } as const
      // A failed log-in has no session.
      if (closesAddress) await ctx.db.writeFromReserve((tx) => recordEvent(tx, ctx, limited))
      await reportSpraying(ctx, known?.id ?? pseudonymize(ctx, username))
      throw ctx.fail('INVALID_CREDENTIALS')
    }
    ctx.sprayDetector.succeeded(loggedIn.self.id)
    ctx.auth.setSessionCookie(loggedIn.token)
    ctx.deviceCookie.keep(ctx.cookies, device)
    return { status: 'signed-in', user: loggedIn.self }
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
      const actor = { kind: 'user', id: session.user_id } as const
      // A session that ended or changed its token since then is ended too.
      await ctx.db.writeFromReserve(async (tx) => {
        const wasOpen = await deleteSession(tx, session.id)
        if (wasOpen) await recordEvent(tx, { ...ctx, actor }, { event: 'logout', subject: actor.id })
      })
    }
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
    const user = await readSelf(ctx.db.read, current.user)
    const stateFingerprint = await fingerprintOf(ctx.db.read, current, ctx.clock())
    return { user, session: toSession(current, current.id), stateFingerprint }
  })

const elevate = passwordProcedure
  .meta({
    description:
      'Confirms the password, so that calls that fail with REAUTH_REQUIRED are allowed for a while.',
  })
  .concat(mayFail('INVALID_CREDENTIALS', 'BUSY', 'SESSION_EXPIRED'))
  .input(ElevateInput)
  .output(Elevated)
  .mutation(async ({ ctx, input }) => {
    const device = ctx.deviceCookie.read(ctx.cookies)
    const counted = await throttleKeyForSession(ctx, { session: ctx.session, device })
    const { throttleKey } = counted
    const verification = await verifyPassword(ctx, {
      userId: ctx.user.id,
      password: input.password,
      ...counted,
    })
    const authenticatedAt = ctx.clock()

    // Not `ctx.transaction`: a wrong password is recorded even if the session ended.
    const outcome = await ctx.db.writeFromReserve(async (tx) => {
      const isOpen = await lockSession(tx, ctx.session)
      if (!verification.matches || !(await isCredentialVersion(tx, ctx.user.id, verification.version))) {
        await recordFailedPassword(tx, ctx, { event: 'elevation-failed', subject: ctx.user.id }, verification)
        return { reason: 'INVALID_CREDENTIALS' } as const
      }
      if (!isOpen) return { reason: 'SESSION_EXPIRED' } as const
      await resetFailures(tx, [throttleKey])
      await upgradeHash(tx, ctx.user.id, verification)
      const token = await reissueToken(tx, ctx, ctx.session, { authenticated_at: authenticatedAt })
      await recordEvent(tx, ctx, { event: 'elevated', subject: ctx.user.id })
      return { reason: null, token }
    })
    if (outcome.reason !== null) throw ctx.fail(outcome.reason)
    ctx.auth.setSessionCookie(outcome.token)
    return { sudoUntil: toInstant(authenticatedAt + sudoWindowMs) }
  })

export const authRouter = router({ signup, login, logout, session, elevate })
