import type { Mail } from '@app/mails'

/** A mail on its way to one recipient. */
export interface OutgoingMail {
  /** The same for every try, so that receivers recognise duplicates: the left part of the Message-ID. */
  id: string
  /** An address in normalised form. */
  to: string
  /** Milliseconds since 1970 UTC. */
  date: number
  mail: Mail
}

/**
 * `refused`: the mail server refuses this recipient or this mail for good. `failed`: a later try may succeed;
 * its outcome may be unknown. `problem` is a sentence for operators, without the content of the mail.
 */
export type Delivery =
  | { status: 'sent' }
  | { status: 'refused'; problem: string }
  | { status: 'failed'; problem: string }

/** The port to a mail server. */
export interface MailTransport {
  /** Never throws. Ends within 30 seconds, or soon after the signal aborts. */
  send(mail: OutgoingMail, signal: AbortSignal): Promise<Delivery>
  close(): Promise<void>
}
