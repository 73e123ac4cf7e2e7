/**
 * Mails that wait, and for some days what became of them. A row begins as a request of a procedure. The
 * sender composes it into a mail for one recipient and then sends it.
 */
export interface OutboxMailsTable {
  /** UUIDv7, made by the caller. The Message-ID contains it. */
  id: string
  /** The kind of the request; once composed, the kind of the mail. */
  kind: string
  /** 1 once the recipient and the content are decided. */
  composed: number
  /** The account that the mail is about; no foreign key, because a notice outlives a closed account. */
  user_id: string | null
  /** The address; null until composed and after the end. */
  recipient: string | null
  /** Keyed hash of the address, which stays for the limits per recipient. */
  recipient_hmac: string | null
  /** The request, then the data of the mail, sealed; null after the end, because it may contain a link. */
  sealed: string | null
  /** Milliseconds since 1970 UTC. */
  created_at: number
  /** When there is no use in sending it any more, as when its link has expired. */
  useless_at: number
  attempts: number
  /** When it is tried next; while a sender works on it, when its lease ends; null after the end. */
  next_at: number | null
  /** The random id of the sender's lease. */
  claim: string | null
  sent_at: number | null
  failed_at: number | null
  /** Why the last try failed, for operators. */
  problem: string | null
}
