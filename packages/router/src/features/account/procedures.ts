import {
  AccountExport,
  ChangePasswordInput,
  Done,
  NoInput,
  PasswordChanged,
  Self,
  UpdateProfileInput,
} from '@app/contract'
import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { scopedProcedure } from '../../scoped-procedure.ts'
import { auditedCall, mayFail, passwordProcedure, router, sudoProcedure } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { findKnownDevice, deleteDevices, newDevice, rememberDevice } from '../devices/index.ts'
import { endAddressLink, findEmail, findVerifiedEmail } from '../emails/index.ts'
import { cancelFactorReset } from '../factor-resets/index.ts'
import { allowsPassword, requireHighestLevel } from '../factors/index.ts'
import { notify } from '../mail/index.ts'
import { revokeRecoveryLinks } from '../one-time-secrets/index.ts'
import {
  changeCredential,
  checkChosenPassword,
  recordFailedPassword,
  throttleKeyForSession,
  verifyPassword,
} from '../passwords/index.ts'
import { deleteOtherSessions, reissueToken } from '../sessions/index.ts'
import { resetFailures } from '../throttle/index.ts'
import { lockAdmins, lockUser, readSelf, removeAccount, saveProfile } from '../users/index.ts'
import { activity, activityViewer } from './activity.ts'
import { exportText } from './export.ts'
import { security } from './security.ts'

const me = scopedProcedure('account:read')
  .meta({ description: 'Returns the profile of the user.' })
  .input(NoInput)
  .output(Self)
  .query(({ ctx }) => ctx.self())

const updateProfile = scopedProcedure('account:write')
  .meta({ description: 'Changes the profile of the user and returns it.' })
  .input(UpdateProfileInput)
  .output(Self)
  .mutation(async ({ ctx, input: { name = ctx.user.name } }) => {
    if (name === ctx.user.name) return readSelf(ctx.db.read, ctx.user)
    const profile = { name }
    return ctx.transaction(async (tx) => {
      await saveProfile(tx, ctx.user.id, profile)
      ctx.changedUserIds.add(ctx.user.id)
      return readSelf(tx, { ...ctx.user, ...profile })
    })
  })

/**
 * Ends all other sessions (ASVS 5.0 6.2.3, 7.4.3) and deletes all known devices in the transaction of the
 * change. This browser becomes a known device with a new cookie, which no attacker can have. So guesses with
 * the old cookie cannot lock its user out.
 */
const changePassword = passwordProcedure
  .meta({
    description: 'Changes the password of the user and ends their other sessions.',
    secondFactor: 'if-added',
  })
  .concat(
    mayFail('PASSWORD_LOGIN_OFF', 'REAUTH_REQUIRED', 'INVALID_CREDENTIALS', 'PASSWORD_REJECTED', 'BUSY'),
  )
  .input(ChangePasswordInput)
  .output(PasswordChanged)
  .mutation(async ({ ctx, input }) => {
    if (!allowsPassword(ctx.settings, ctx.user.role)) throw ctx.fail('PASSWORD_LOGIN_OFF')
    await requireHighestLevel(ctx.db.read, ctx)
    const email = await findEmail(ctx.db.read, ctx.user.id)
    await checkChosenPassword(ctx, {
      password: input.newPassword,
      field: 'newPassword',
      identity: { ...ctx.user, email: email?.address ?? null },
    })
    const before = ctx.deviceCookie.read(ctx.cookies)
    const counted = await throttleKeyForSession(ctx, { session: ctx.session, device: before })
    const { currentPassword, newPassword } = input
    const verification = await verifyPassword(ctx, {
      userId: ctx.user.id,
      password: currentPassword,
      newPassword,
      ...counted,
    })
    const { newHash: hash } = verification
    if (!verification.matches || hash === undefined) {
      // Not `ctx.transaction`: the failure is recorded even if the session ended.
      await ctx.db.writeFromReserve((tx) =>
        recordFailedPassword(
          tx,
          ctx,
          { event: 'password-change-failed', subject: ctx.user.id },
          verification,
        ),
      )
      throw ctx.fail('INVALID_CREDENTIALS')
    }

    const device = newDevice()
    const { token, endedSessions } = await ctx.transaction(
      async (tx) => {
        const now = ctx.clock()
        await requireHighestLevel(tx, ctx)
        // An error in here undoes the whole change.
        const reissued = await reissueToken(tx, ctx, ctx.session)
        const credential = { userId: ctx.user.id, version: verification.version, hash, now }
        // A concurrent change won: the verified password is not valid any more.
        if (!(await changeCredential(tx, credential))) throw ctx.fail('INVALID_CREDENTIALS')
        await resetFailures(tx, [counted.throttleKey])
        await revokeRecoveryLinks(tx, ctx.user.id)
        await endAddressLink(tx, ctx, ctx.user.id)
        // The browser keeps its age, which decides about eviction.
        const known = await findKnownDevice(tx, { userId: ctx.user.id, deviceHash: before.hash, now })
        await deleteDevices(tx, ctx.user.id)
        const createdAt = known?.created_at ?? now
        await rememberDevice(tx, { userId: ctx.user.id, deviceHash: device.hash, createdAt, now })
        const ended = await deleteOtherSessions(tx, { userId: ctx.user.id, keep: ctx.session.id, now })
        await notify(tx, ctx, ctx.user, 'password-changed', {})
        await recordEvent(tx, ctx, {
          event: 'password-changed',
          subject: ctx.user.id,
          detail: { endedSessions: ended },
        })
        return { token: reissued, endedSessions: ended }
      },
      { usesReserve: true },
    )
    ctx.auth.setSessionCookie(token)
    ctx.deviceCookie.keep(ctx.cookies, device)
    return { endedSessions }
  })

/** When to retry while another export of the account, or too many of others, are being sent. */
const nextExportSeconds = 5

/** Each export keeps a page of its list in memory and begins with a write. */
const maxExports = { process: 50, network: 5 }

/**
 * Downloads all data about the user as a JSON file. It is read while it is sent, because it may have
 * hundreds of megabytes. It is a query, because it does not change the account, with the side effect of an
 * audit event. The event is committed first, so no data leaves without it, and is part of the export. An
 * account has one export at a time.
 */
const exportAll = sudoProcedure
  .meta({
    description: 'Downloads everything that is kept about the user, as the text of a JSON file.',
    hasSideEffects: true,
    download: true,
    file: AccountExport,
  })
  .concat(auditedCall)
  .input(NoInput)
  .query(async ({ ctx }): Promise<AsyncIterable<string>> => {
    using lock = new DisposableStack()
    const positionOf = (key: string) => lock.use(ctx.exports.enter(key)).position
    if (
      positionOf(`account ${ctx.user.id}`) > 0 ||
      positionOf(`network ${networkOf(addressKey(ctx.request.ip))}`) >= maxExports.network ||
      positionOf('process') >= maxExports.process
    ) {
      throw ctx.fail('UNAVAILABLE', { retryAfterSeconds: nextExportSeconds })
    }
    requireAllowance(await ctx.rateLimits.consume('exportsPerUser', ctx.user.id))
    await ctx.transaction((tx) => recordEvent(tx, ctx, { event: 'exported', subject: ctx.user.id }))
    const { seesOthers } = activityViewer(ctx)
    const request = { user: ctx.user, sessionId: ctx.session.id, seesOthers, now: ctx.clock() }
    return exportText(ctx, request, lock.move())
  })

/** Deletes the account and everything that belongs to it. Its user name is never available again. */
const close = sudoProcedure
  .meta({ description: 'Deletes the account of the user and everything that belongs to it.' })
  .concat(mayFail('LAST_ADMIN', 'SESSION_EXPIRED'))
  .input(NoInput)
  .output(Done)
  .mutation(async ({ ctx }) => {
    await ctx.transaction(
      async (tx) => {
        const user = await lockUser(tx, ctx.user.id)
        if (user === undefined) throw ctx.fail('SESSION_EXPIRED')
        if (user.isLastAdmin) throw ctx.fail('LAST_ADMIN')
        await recordEvent(tx, ctx, { event: 'closed', subject: user.id })
        const address = (await findVerifiedEmail(tx, user.id))?.address
        if (address !== undefined) await notify(tx, ctx, user, 'account-closed', { by: 'user' }, address)
        await removeAccount(tx, user)
      },
      { usesReserve: true, lockFirst: lockAdmins },
    )
    ctx.auth.clearSessionCookie()
    return {}
  })

export const accountRouter = router({
  me,
  updateProfile,
  changePassword,
  security,
  activity,
  export: exportAll,
  cancelFactorReset,
  close,
})
