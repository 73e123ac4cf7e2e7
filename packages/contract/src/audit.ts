import * as z from 'zod/mini'
import { Page, pageFields } from './pagination.ts'
import { Id, Instant } from './text.ts'

/** The events of the audit log. Append-only, like the failures: a released event keeps its name. */
export const auditEvents = [
  'signup',
  'account-created',
  'login',
  'login-failed',
  'logout',
  'elevated',
  'elevation-failed',
  'password-changed',
  'password-change-failed',
  'role-changed',
  'password-limited',
  'password-spraying',
  'account-unlocked',
  'session-revoked',
  'sessions-revoked',
  'disabled',
  'enabled',
  'exported',
  'closed',
  'removed',
  'email-entered',
  'email-verified',
  'email-removed',
  'recovery-requested',
  'recovery-link-issued',
  'password-reset',
  'invitation-created',
  'invitation-revoked',
  'invitation-accepted',
  'second-factor-failed',
  'second-factor-limited',
  'totp-added',
  'totp-removed',
  'passkey-added',
  'passkey-renamed',
  'passkey-removed',
  'passkey-cloned',
  'recovery-codes-created',
  'recovery-code-used',
  'factor-reset-requested',
  'factor-reset-cancelled',
  'factors-reset',
  'identity-linked',
  'identity-unlinked',
  'identity-link-failed',
  'second-factor-asked',
  'token-created',
  'token-revoked',
] as const

export type AuditEventName = (typeof auditEvents)[number]

/** `username` is null when the account is closed, and for viewers who may not see it. */
const AuditedUser = z.object({ id: Id, username: z.nullable(z.string()) })

/** `system` is an operator's command; `anonymous` is a caller without a session, as in every log-in. */
export const AuditActor = z.discriminatedUnion('kind', [
  z.extend(AuditedUser, { kind: z.literal('user') }),
  z.object({ kind: z.literal('system') }),
  z.object({ kind: z.literal('anonymous') }),
])
export type AuditActor = z.infer<typeof AuditActor>

/**
 * Who did what to which user, when and from where. `event` is one of `auditEvents`; during an upgrade it may
 * be a name that only the newer release has. `detail` contains names and numbers, never a secret.
 */
export const AuditEvent = z.object({
  id: Id,
  at: Instant,
  event: z.string(),
  actor: AuditActor,
  /** The user it happened to, often the actor; null if no account is concerned. */
  subject: z.nullable(AuditedUser),
  ip: z.nullable(z.string()),
  userAgent: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type AuditEvent = z.infer<typeof AuditEvent>

/**
 * The access token whose events are listed. `name` is null if it is deleted and no event has its name. In the
 * activity of a user it is also null if the token is that of another user.
 */
const AuditedToken = z.object({ id: Id, name: z.nullable(z.string()) })

/** `token` is that of the input. */
export const AuditPage = z.extend(Page(AuditEvent), { token: z.nullable(AuditedToken) })
export type AuditPage = z.infer<typeof AuditPage>

/** `tokenId` selects what an access token did, and its creation and revocation. */
export const ActivityInput = z.prefault(z.strictObject({ ...pageFields, tokenId: z.optional(Id) }), {})

/** `userId` selects what a user did and what happened to the user; `tokenId` is that of `ActivityInput`. */
export const ListAuditInput = z.prefault(
  z.strictObject({
    ...pageFields,
    userId: z.optional(Id),
    tokenId: z.optional(Id),
    event: z.optional(z.enum(auditEvents, { error: 'There is no such event.' })),
  }),
  {},
)
