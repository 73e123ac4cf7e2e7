import type { MailData, MailKind, MailOrigin } from '@app/mails'
import type { Services } from '../../context.ts'
import type { Writer } from '../../db/database.ts'

/** The request that causes a mail. */
export interface MailCause extends MailOrigin {
  requestId: string | null
}

/**
 * What procedures ask for. They do not look up who gets a mail: the sender does, after the answer, so the
 * time of a call does not show whether an address or user name is known.
 */
export interface MailRequests {
  /** A mail about an account, to its verified address or to `address`; without one nothing is sent. */
  notice: {
    [K in MailKind]: { userId: string; address?: string; mail: K; data: MailData<K>; isOptional?: boolean }
  }[MailKind]
  /** A link to choose a new password, if the typed name or verified address belongs to an account. */
  recovery: { identifier: string; cause: MailCause }
  /** A link that confirms an entered address. */
  'email-verification': { emailId: string; cause: MailCause }
  /** A link that allows the owner of an address to sign up. */
  invitation: { invitationId: string }
}

export type MailRequestKind = keyof MailRequests

/** A mail that is ready to be sent. */
export type ComposedMail = {
  [K in MailKind]: {
    /** An address in normalised form. */
    to: string
    /** The account that it is about. */
    userId: string | null
    /** Milliseconds since 1970 UTC; see `useless_at`. */
    uselessAt: number
    kind: K
    data: MailData<K>
  }
}[MailKind]

/**
 * Decides about a request: who gets which mail, with which link. Runs in the transaction that stores the
 * mail. Null: nothing is sent.
 */
export type Composer<K extends MailRequestKind> = (
  tx: Writer,
  services: Services,
  request: MailRequests[K],
) => Promise<ComposedMail | null>

export type Composers = { readonly [K in MailRequestKind]: Composer<K> }
