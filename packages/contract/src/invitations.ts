import * as z from 'zod/mini'
import { Email } from './email.ts'
import { OneTimeSecret } from './one-time-secret.ts'
import { Page, pageFields } from './pagination.ts'
import { roles } from './roles.ts'
import { Id, Instant } from './text.ts'

export const invitationStatuses = ['open', 'accepted', 'revoked', 'expired'] as const

/** `email` is null for an invitation that anyone with its link can accept. */
export const Invitation = z.object({
  id: Id,
  email: z.nullable(z.string()),
  role: z.enum(roles),
  status: z.enum(invitationStatuses),
  createdAt: Instant,
  expiresAt: Instant,
  /** Null for the operator, and when the admin closed the account. */
  createdBy: z.nullable(z.string()),
  acceptedBy: z.nullable(z.string()),
})
export type Invitation = z.infer<typeof Invitation>

export const InvitationPage = Page(Invitation)

export const ListInvitationsInput = z.prefault(z.strictObject(pageFields), {})

export const CreateInvitationInput = z.prefault(z.strictObject({ email: z.optional(Email) }), {})

/**
 * `link` is shown once. It is null when the invitation was mailed to its address: then only the owner of the
 * address has it.
 */
export const CreatedInvitation = z.object({ invitation: Invitation, link: z.nullable(z.string()) })

export const InvitationIdInput = z.strictObject({ id: Id })
export const InvitationSecretInput = z.strictObject({ secret: OneTimeSecret })

/**
 * What the sign-up form of an invitation needs. `email`: an address is `optional`, the `invited` one must be
 * entered, or it is `known`, because the link was mailed to it.
 */
export const InvitationState = z.object({
  email: z.enum(['optional', 'invited', 'known']),
  expiresAt: Instant,
})
