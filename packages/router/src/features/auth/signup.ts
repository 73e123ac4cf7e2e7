import { roles, SignedIn, SignupInput } from '@app/contract'
import { hashingProcedure, mayFail } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { enterEmail, insertVerifiedEmail } from '../emails/index.ts'
import { allowsPassword } from '../factors/index.ts'
import { acceptInvitation, invitedEmail } from '../invitations/index.ts'
import { checkChosenPassword, hashFirstPassword } from '../passwords/index.ts'
import { createAccount, isTaken, readSelf } from '../users/index.ts'
import { checkInvitation } from './check-invitation.ts'
import { sendLogin } from './complete-login.ts'
import { countSignup } from './count-signup.ts'
import { openSession } from './open-session.ts'

export const signup = hashingProcedure
  .meta({ description: 'Creates an account and logs its user in.' })
  .concat(
    mayFail(
      'PASSWORD_LOGIN_OFF',
      'USERNAME_TAKEN',
      'PASSWORD_REJECTED',
      'SIGNUP_CLOSED',
      'INVITATION_REQUIRED',
      'LINK_INVALID',
      'BUSY',
    ),
  )
  .use(async ({ ctx, next }) => {
    if (!allowsPassword(ctx.settings, roles[0])) throw ctx.fail('PASSWORD_LOGIN_OFF')
    if (ctx.settings.signup === 'closed') throw ctx.fail('SIGNUP_CLOSED')
    const wait = await countSignup(ctx)
    if (wait > 0) throw ctx.fail('RATE_LIMITED', { retryAfterSeconds: wait })
    return next()
  })
  .input(SignupInput)
  .output(SignedIn)
  .mutation(async ({ ctx, input }) => {
    const { username, password, name = username, remember = false, invitation: secret } = input
    const invited = await checkInvitation(ctx, secret)
    const { email, isVerified } =
      invited === null
        ? { email: input.email, isVerified: false }
        : invitedEmail(invited, input.email, ctx.fail)
    // Checked here to save a hash; the insert below decides.
    if (await isTaken(ctx.db.read, username)) throw ctx.fail('USERNAME_TAKEN')
    const identity = { username, name, email: email ?? null }
    await checkChosenPassword(ctx, { password, field: 'password', identity })
    const passwordHash = await hashFirstPassword(ctx, { username, password })
    const previousSession = await ctx.auth.session()
    const device = ctx.deviceCookie.read(ctx.cookies)

    // The new account has no session yet.
    const signedUp = await ctx.db.write(async (tx) => {
      const user = await createAccount(tx, ctx, {
        username,
        name,
        role: invited?.role ?? roles[0],
        passwordHash,
      })
      if (user === null) return null
      const invitation =
        secret === undefined
          ? undefined
          : await acceptInvitation(tx, { secret, userId: user.id, now: ctx.clock() })
      // Thrown, so that the transaction rolls back the account.
      if (invitation === null) throw ctx.fail('LINK_INVALID')
      if (email !== undefined && isVerified) {
        // Saves nothing if another account has verified the address since the invitation.
        await insertVerifiedEmail(tx, { userId: user.id, address: email, now: ctx.clock() })
      } else if (email !== undefined) {
        await enterEmail(tx, ctx, { userId: user.id, address: email })
      }
      const token = await openSession(tx, ctx, {
        path: 'auth.signup',
        methods: ['pwd'],
        factorId: null,
        userId: user.id,
        remembered: remember,
        previousSession,
        device,
      })
      const actor = { kind: 'user', id: user.id } as const
      await recordEvent(tx, { ...ctx, actor }, { event: 'signup', subject: user.id })
      if (invitation !== undefined) {
        const accepted = { event: 'invitation-accepted', subject: user.id, detail: { invitation } } as const
        await recordEvent(tx, { ...ctx, actor }, accepted)
      }
      return { token, self: await readSelf(tx, user) }
    })
    if (signedUp === null) throw ctx.fail('USERNAME_TAKEN')
    return sendLogin(ctx, signedUp, device)
  })
