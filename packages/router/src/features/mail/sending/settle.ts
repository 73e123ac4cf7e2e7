import type { Updateable } from 'kysely'
import type { OutboxMailsTable } from '../table.ts'
import type { Delivery } from '../transport.ts'
import { backOffMs } from './back-off.ts'
import type { OutboxMail } from './store.ts'

/** What became of a try. `retried`: the mail waits for the next one. */
export type MailOutcome = 'sent' | 'retried' | 'refused' | 'expired' | 'unreadable'

export interface Settled {
  outcome: MailOutcome
  changes: Updateable<OutboxMailsTable>
}

interface SettleOptions {
  now: number
  /** A mailbox shows what it sent. */
  keepsContent: boolean
  /** The server stops: the next process tries at once. */
  isStopping: boolean
}

export const expiredProblem = 'It was of no use any more, such as a link that has expired.'
const unreadableProblem =
  'It cannot be opened: the secret that sealed it is not in AUTH_SECRETS any more. Keep the old secret there until no mail waits.'

/** Ended mails keep neither the recipient nor the content, which may have a link. */
const emptied = { next_at: null, claim: null, recipient: null, sealed: null }

/** Decides what is stored after a try. */
export function settle(
  row: OutboxMail,
  delivery: Delivery | 'unreadable',
  { now, keepsContent, isStopping }: SettleOptions,
): Settled {
  if (delivery === 'unreadable') return failed('unreadable', now, unreadableProblem)
  if (delivery.status === 'sent') {
    const ended = keepsContent ? { next_at: null, claim: null } : emptied
    return { outcome: 'sent', changes: { ...ended, sent_at: now, problem: null } }
  }
  const { problem } = delivery
  if (delivery.status === 'refused') return failed('refused', now, problem)
  const nextAt = isStopping ? now : now + backOffMs(row.attempts)
  if (nextAt >= row.useless_at) return failed('expired', now, problem)
  return { outcome: 'retried', changes: { claim: null, next_at: nextAt, problem } }
}

export function failed(outcome: MailOutcome, now: number, problem: string): Settled {
  return { outcome, changes: { ...emptied, failed_at: now, problem } }
}
