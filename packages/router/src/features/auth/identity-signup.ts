import { IdentitySignupInput, roles, SignedIn } from '@app/contract'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { mayFail, publicProcedure } from '../../trpc.ts'
import { fixedUsername, hasFixedUsername, readPendingSignup } from '../identities/index.ts'
import { invitedEmail } from '../invitations/index.ts'
import { checkInvitation } from './check-invitation.ts'
import { sendLogin } from './complete-login.ts'
import { countSignup } from './count-signup.ts'
import { createIdentityAccount } from './create-identity-account.ts'

/**
 * Finishes the sign-up of an identity that was proved a moment ago in this browser. Until then there is no
 * account, and a user who leaves has left nothing.
 */
export const identitySignup = publicProcedure
  .meta({
    description: 'Creates an account for the outside identity that was proved in this browser, and logs in.',
  })
  .concat(
    mayFail(
      'LOGIN_EXPIRED',
      'USERNAME_TAKEN',
      'IDENTITY_TAKEN',
      'SIGNUP_CLOSED',
      'INVITATION_REQUIRED',
      'LINK_INVALID',
    ),
  )
  .input(IdentitySignupInput)
  .output(SignedIn)
  .mutation(async ({ ctx, input }) => {
    if (ctx.settings.signup === 'closed') throw ctx.fail('SIGNUP_CLOSED')
    const identity = readPendingSignup(ctx)
    if (identity === null) throw ctx.fail('LOGIN_EXPIRED')
    requireAllowance(await countSignup(ctx))
    const found = await checkInvitation(ctx, input.invitation)
    const email = invitedEmail(found, input.email, ctx.fail)
    const chosen = hasFixedUsername(ctx.settings, identity) ? fixedUsername(identity) : input.username
    if (chosen === undefined) {
      throw ctx.fail('INVALID_INPUT', { fields: { username: ['Enter a user name.'] }, form: [] })
    }
    if (chosen === null) {
      const sentence = 'Your name at the provider cannot be a user name here.'
      throw ctx.fail('INVALID_INPUT', { fields: { username: [sentence] }, form: [] })
    }
    const previousSession = await ctx.auth.session()
    const device = ctx.deviceCookie.read(ctx.cookies)
    // The new account has no session yet.
    const signedUp = await ctx.db.write((tx) =>
      createIdentityAccount(
        tx,
        ctx,
        {
          identity,
          username: chosen,
          name: input.name ?? chosen,
          role: found?.role ?? roles[0],
          email,
          invitation: input.invitation,
          previousSession,
          device,
        },
        ctx.fail,
      ),
    )
    return sendLogin(ctx, signedUp, device)
  })
