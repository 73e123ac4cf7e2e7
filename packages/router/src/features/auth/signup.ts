import { roles, SignedIn, SignupInput } from '@app/contract'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { hashingProcedure, mayFail } from '../../trpc.ts'
import { allowsPassword } from '../factors/index.ts'
import { invitedEmail } from '../invitations/index.ts'
import { checkChosenPassword, hashFirstPassword } from '../passwords/index.ts'
import { createAccount, isTaken } from '../users/index.ts'
import { checkInvitation } from './check-invitation.ts'
import { sendLogin } from './complete-login.ts'
import { countSignup } from './count-signup.ts'
import { finishSignup } from './finish-signup.ts'

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
    requireAllowance(await countSignup(ctx))
    return next()
  })
  .input(SignupInput)
  .output(SignedIn)
  .mutation(async ({ ctx, input }) => {
    const { username, password, name = username, remember = false, invitation } = input
    const invited = await checkInvitation(ctx, invitation)
    const email = invitedEmail(invited, input.email, ctx.fail)
    // Checked here to save a hash; the insert below decides.
    if (await isTaken(ctx.db.read, username)) throw ctx.fail('USERNAME_TAKEN')
    const identity = { username, name, email: email?.address ?? null }
    await checkChosenPassword(ctx, { password, field: 'password', identity })
    const passwordHash = await hashFirstPassword(ctx, { username, password })
    const previousSession = await ctx.auth.session()
    const device = ctx.deviceCookie.read(ctx.cookies)

    // The new account has no session yet.
    const signedUp = await ctx.db.write(async (tx) => {
      const role = invited?.role ?? roles[0]
      const user = await createAccount(tx, ctx, { username, name, role, passwordHash })
      if (user === null) throw ctx.fail('USERNAME_TAKEN')
      const session = { path: 'auth.signup', methods: ['pwd'], remembered: remember } as const
      const account = { ...session, user, email, invitation, previousSession, device }
      return finishSignup(tx, ctx, account, ctx.fail)
    })
    return sendLogin(ctx, signedUp, device)
  })
