import {
  CreatedInvitation,
  CreateInvitationInput,
  Done,
  Id,
  InvitationIdInput,
  InvitationPage,
  InvitationSecretInput,
  InvitationState,
  ListInvitationsInput,
} from '@app/contract'
import { pageRequest, toPage } from '../../pagination.ts'
import { toInstant } from '../../ports/clock.ts'
import { addressKey } from '../../rate-limits/rate-limits.ts'
import { requireAllowance } from '../../rate-limits/require-allowance.ts'
import { scopedAdminProcedure, sudoScopedAdminProcedure } from '../../scoped-role-procedure.ts'
import { heavyRead, mayFail, publicProcedure, router } from '../../trpc.ts'
import { recordEvent } from '../audit/index.ts'
import { findOpenInvitation } from './accept-invitation.ts'
import { createInvitation } from './create-invitation.ts'
import { toInvitation } from './invitation.ts'
import { revokeInvitation } from './revoke-invitation.ts'
import { listInvitations } from './store.ts'

const create = sudoScopedAdminProcedure('invitations:write')
  .meta({ description: 'Invites a new user by a link. The link is shown once, or mailed to the address.' })
  .concat(mayFail('SIGNUP_CLOSED'))
  .input(CreateInvitationInput)
  .output(CreatedInvitation)
  .mutation(async ({ ctx, input }) => {
    if (ctx.settings.signup === 'closed') throw ctx.fail('SIGNUP_CLOSED')
    requireAllowance(await ctx.rateLimits.consume('invitationsPerUser', ctx.user.id))
    const createdBy = { id: ctx.user.id, username: ctx.user.username }
    return ctx.transaction((tx) => createInvitation(tx, ctx, { email: input.email, createdBy }))
  })

const list = scopedAdminProcedure('invitations:read')
  .meta({ description: 'Lists the invitations, newest first.' })
  .concat(heavyRead)
  .input(ListInvitationsInput)
  .output(InvitationPage)
  .query(async ({ ctx, input }) => {
    const { after, limit } = pageRequest(ctx, Id, input)
    const rows = await listInvitations(ctx.db.read, { after, limit: limit + 1 })
    const now = ctx.clock()
    return toPage(rows, limit, { key: (row) => row.id, item: (row) => toInvitation(row, now) })
  })

/** Fails for an accepted invitation: its account exists, and is disabled or removed instead. */
const revoke = sudoScopedAdminProcedure('invitations:write')
  .meta({ description: 'Revokes an invitation that was not accepted.' })
  .concat(mayFail('NOT_FOUND'))
  .input(InvitationIdInput)
  .output(Done)
  .mutation(({ ctx, input }) =>
    ctx.transaction(
      async (tx) => {
        const isRevoked = await revokeInvitation(tx, { id: input.id, now: ctx.clock() })
        if (!isRevoked) throw ctx.fail('NOT_FOUND')
        const detail = { invitation: input.id }
        await recordEvent(tx, ctx, { event: 'invitation-revoked', subject: null, detail })
        return {}
      },
      { usesReserve: true },
    ),
  )

/** A mutation, because the input of a query is in the URL, and so in logs. It changes nothing. */
const inspect = publicProcedure
  .meta({ description: 'Returns what the sign-up form of an invitation needs. Changes nothing.' })
  .concat(mayFail('LINK_INVALID'))
  .input(InvitationSecretInput)
  .output(InvitationState)
  .mutation(async ({ ctx, input }) => {
    requireAllowance(await ctx.rateLimits.consume('linksPerAddress', addressKey(ctx.request.ip)))
    const invitation = await findOpenInvitation(ctx.db.read, { secret: input.secret, now: ctx.clock() })
    if (invitation === null) throw ctx.fail('LINK_INVALID')
    return {
      email: invitation.address === null ? 'optional' : invitation.address_proved === 1 ? 'known' : 'invited',
      expiresAt: toInstant(invitation.expires_at),
    }
  })

export const invitationsRouter = router({ create, list, revoke, inspect })
