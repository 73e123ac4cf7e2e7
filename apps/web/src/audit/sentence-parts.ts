import type { AuditEvent } from '@app/contract'

/** The parts of a sentence. Verbs are in the past tense, where "you" and names take the same form. */
export interface Parts {
  /** The actor at the start of a sentence. User names keep their case. */
  actor: string
  /** The target, after the actor was named. */
  target: string
  /** "your account", "the account of ada". */
  account: string
  /** A thing of the target, after the actor was named: "the sessions of ada". */
  of: (thing: string) => string
  /** The possessive of the actor: "your", "their". */
  own: string
  /** Whether actor and target are different users. */
  byAnother: boolean
  /** Whether the typed user name is unknown. */
  hasNoAccount: boolean
  detail: AuditEvent['detail']
}
