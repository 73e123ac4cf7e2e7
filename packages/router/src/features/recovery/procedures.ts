import {
  Done,
  IssuedLink,
  IssueRecoveryLinkInput,
  PasswordReset,
  RecoveryLinkState,
  RecoverySecretInput,
  RequestRecoveryInput,
  ResetPasswordInput,
} from '@app/contract'
import type { Context } from '../../context.ts'
import type { Fail } from '../../failures.ts'
import { toInstant } from '../../ports/clock.ts'
import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import {
  auditedCall,
  hashingProcedure,
  mayFail,
  publicProcedure,
  router,
  sudoAdminProcedure,
} from '../../trpc.ts'
import { findEmail } from '../emails/index.ts'
import { allowsPassword } from '../factors/index.ts'
import { queueMail } from '../mail/index.ts'
import { checkChosenPassword, hashRecoveredPassword } from '../passwords/index.ts'
import { issueLinkFor } from './issue-link-for.ts'
import { findLink } from './link.ts'
import { resetPassword } from './reset-password.ts'

/**
 * Queues the same row for every text, and looks up nothing: the sender decides after the answer whether a
 * mail is sent. So neither the answer nor its time shows whether an account exists (ASVS 5.0 6.3.8).
 */
const request = publicProcedure
  .meta({
    description:
      'Mails a link to choose a new password, if the user name or verified address belongs to an account. Answers the same for all.',
    recovers: true,
  })
  .concat(mayFail('MAIL_UNAVAILABLE', 'PASSWORD_LOGIN_OFF'))
  .input(RequestRecoveryInput)
  .output(Done)
  .mutation(async ({ ctx, input: { identifier } }) => {
    if (ctx.settings.passwordLogin === 'off') throw ctx.fail('PASSWORD_LOGIN_OFF')
    if (ctx.mailMode === 'none') throw ctx.fail('MAIL_UNAVAILABLE')
    const address = addressKey(ctx.request.ip)
    const wait =
      (await ctx.rateLimits.consume('mailRequestsPerAddress', address)) ||
      (await ctx.rateLimits.consume('mailRequestsPerNetwork', networkOf(address)))
    requireAllowance(wait)
    const { id: requestId, ip, userAgent } = ctx.request
    const cause = { at: ctx.clock(), ip, userAgent, requestId }
    await ctx.db.write((tx) => queueMail(tx, ctx, 'recovery', { identifier, cause }))
    return {}
  })

/** A mutation, because the input of a query is in the URL, and so in logs. It changes nothing. */
const inspect = publicProcedure
  .meta({
    description: 'Returns whose recovery link it is, and until when it works. Changes nothing.',
    recovers: true,
  })
  .concat(mayFail('LINK_INVALID'))
  .input(RecoverySecretInput)
  .output(RecoveryLinkState)
  .mutation(async ({ ctx, input: { secret } }) => {
    const { user, expiresAt } = await openLink(ctx, secret)
    return { username: user.username, expiresAt: toInstant(expiresAt) }
  })

/** Checks the link before it hashes, so that an attacker without one costs a read and no hash. */
const reset = hashingProcedure
  .meta({
    description:
      'Replaces the password by a recovery link, and ends every session, known device and lockout of the account. Does not log in.',
    recovers: true,
  })
  .concat(mayFail('LINK_INVALID', 'PASSWORD_LOGIN_OFF', 'PASSWORD_REJECTED', 'BUSY'))
  .input(ResetPasswordInput)
  .output(PasswordReset)
  .mutation(async ({ ctx, input: { secret, newPassword } }) => {
    const { user } = await openLink(ctx, secret)
    if (!allowsPassword(ctx.settings, user.role)) throw ctx.fail('PASSWORD_LOGIN_OFF')
    const email = await findEmail(ctx.db.read, user.id)
    const identity = { ...user, email: email?.address ?? null }
    await checkChosenPassword(ctx, { password: newPassword, field: 'newPassword', identity })
    const hash = await hashRecoveredPassword(ctx, { userId: user.id, password: newPassword })
    // The link lets its holder act, so the transaction uses it up instead of locking a session.
    const done = await ctx.db.writeFromReserve((tx) =>
      resetPassword(tx, ctx, { userId: user.id, secret, hash }),
    )
    if (done === null) throw ctx.fail('LINK_INVALID')
    return { username: user.username, ...done }
  })

/**
 * Refuses an admin's own account: a stolen session of an admin would replace the password without knowing it.
 * The account of another admin is allowed. An admin could also remove it; the owner sees both events.
 */
const issueLink = sudoAdminProcedure
  .meta({
    description:
      'Returns a link with which a user chooses a new password, to be handed over in person. It is shown once.',
  })
  .concat(mayFail('NOT_FOUND', 'FORBIDDEN'))
  .concat(auditedCall)
  .input(IssueRecoveryLinkInput)
  .output(IssuedLink)
  .mutation(async ({ ctx, input }) => {
    if (input.id === ctx.user.id) throw ctx.fail('FORBIDDEN')
    return ctx.transaction(async (tx) => {
      const issued = await issueLinkFor(tx, ctx, input.id)
      if (issued === null) throw ctx.fail('NOT_FOUND')
      return { link: issued.link, expiresAt: toInstant(issued.expiresAt) }
    })
  })

type LinkContext = Context & { fail: Fail<'LINK_INVALID'> }

/** @throws LINK_INVALID, or RATE_LIMITED after too many links from one address */
async function openLink({ rateLimits, request: { ip }, db, clock, fail }: LinkContext, secret: string) {
  requireAllowance(await rateLimits.consume('linksPerAddress', addressKey(ip)))
  const link = await findLink(db.read, { secret, now: clock() })
  if (link === null) throw fail('LINK_INVALID')
  return link
}

export const recoveryRouter = router({ request, inspect, reset, issueLink })
