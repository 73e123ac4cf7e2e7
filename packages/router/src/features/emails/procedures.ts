import { ChangeEmailInput, Done, NoInput, Self, VerifiedEmail, VerifyEmailInput } from '@app/contract'
import type { Context } from '../../context.ts'
import type { Fail } from '../../failures.ts'
import { networkOf } from '../../rate-limits/bounded-limiter.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import {
  auditedCall,
  mayFail,
  protectedProcedure,
  publicProcedure,
  router,
  sudoProcedure,
} from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { notify } from '../mail/index.ts'
import { revokeRecoveryLinks, revokeSecrets } from '../one-time-secrets/index.ts'
import { readSelf } from '../users/index.ts'
import { enterEmail, queueVerification } from './enter-email.ts'
import { deletePendingEmail, deleteVerifiedEmail, findPendingEmailId } from './store.ts'
import { findEmailOfLink, verifyEmail } from './verify-email.ts'

const requestVerification = protectedProcedure
  .meta({ description: 'Mails the link again that confirms the entered address. The older link ends.' })
  .concat(mayFail('NOT_FOUND', 'MAIL_UNAVAILABLE'))
  .input(NoInput)
  .output(Done)
  .mutation(async ({ ctx }) => {
    await consumeMailRequest(ctx, ctx.user.id)
    return ctx.transaction(async (tx) => {
      const emailId = await findPendingEmailId(tx, ctx.user.id)
      if (emailId === undefined) throw ctx.fail('NOT_FOUND')
      await queueVerification(tx, ctx, emailId)
      return {}
    })
  })

/** Needs no session: a user opens the link where the mail is read, which is often another device. */
const verify = publicProcedure
  .meta({ description: 'Confirms an address by the link that was mailed to it.' })
  .concat(mayFail('LINK_INVALID'))
  .input(VerifyEmailInput)
  .output(VerifiedEmail)
  .mutation(async ({ ctx, input: { secret } }) => {
    requireAllowance(await ctx.rateLimits.consume('linksPerAddress', addressKey(ctx.request.ip)))
    const email = await findEmailOfLink(ctx.db.read, { secret, now: ctx.clock() })
    if (email === null) throw ctx.fail('LINK_INVALID')
    // The link lets its holder act, so the transaction uses it up instead of locking a session.
    await ctx.db.write(async (tx) => {
      // Thrown, so that the transaction rolls back.
      if (!(await verifyEmail(tx, ctx, { userId: email.userId, secret }))) throw ctx.fail('LINK_INVALID')
    })
    return { email: email.address }
  })

/** Answers the same whether or not another account has the address. */
const change = sudoProcedure
  .meta({
    description: 'Enters a new address. It takes effect once it is confirmed; the old one stays until then.',
  })
  .concat(mayFail('MAIL_UNAVAILABLE'))
  .concat(auditedCall)
  .input(ChangeEmailInput)
  .output(Self)
  .mutation(async ({ ctx, input: { email: address } }) => {
    await consumeMailRequest(ctx, ctx.user.id)
    return ctx.transaction(async (tx) => {
      await enterEmail(tx, ctx, { userId: ctx.user.id, address })
      await recordEvent(tx, ctx, { event: 'email-entered', subject: ctx.user.id })
      return readSelf(tx, ctx.user)
    })
  })

const remove = sudoProcedure
  .meta({ description: 'Removes the address of the user, and the one that waits for its confirmation.' })
  .input(NoInput)
  .output(Self)
  .mutation(({ ctx }) =>
    ctx.transaction(
      async (tx) => {
        const { user } = ctx
        const pendingId = await deletePendingEmail(tx, user.id)
        const address = await deleteVerifiedEmail(tx, user.id)
        if (pendingId === undefined && address === undefined) return readSelf(tx, user)
        // Also the links to choose a new password, which were mailed to the removed address.
        await revokeRecoveryLinks(tx, user.id)
        if (pendingId !== undefined) await revokeSecrets(tx, [pendingId])
        await recordEvent(tx, ctx, { event: 'email-removed', subject: user.id })
        if (address !== undefined) await notify(tx, ctx, user, 'address-removed', { address }, address)
        return readSelf(tx, user)
      },
      { usesReserve: true },
    ),
  )

type MailContext = Pick<Context, 'mailMode' | 'rateLimits' | 'request'> & {
  fail: Fail<'MAIL_UNAVAILABLE'>
}

/** @throws MAIL_UNAVAILABLE where no mail is sent, RATE_LIMITED */
async function consumeMailRequest({ mailMode, rateLimits, request, fail }: MailContext, userId: string) {
  if (mailMode === 'none') throw fail('MAIL_UNAVAILABLE')
  const address = addressKey(request.ip)
  const wait =
    (await rateLimits.consume('mailRequestsPerAccount', userId)) ||
    (await rateLimits.consume('mailRequestsPerAddress', address)) ||
    (await rateLimits.consume('mailRequestsPerNetwork', networkOf(address)))
  requireAllowance(wait)
}

export const emailsRouter = router({ requestVerification, verify, change, remove })
