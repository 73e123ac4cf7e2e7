import { renderMail } from '@app/mails'
import type { Mail, MailKind } from '@app/mails'
import type { Services } from '../../../context.ts'
import { listMailbox } from './store.ts'

/** A mail as the page for developers shows it. */
export interface MailboxMail extends Mail {
  id: string
  /** An address. */
  to: string
  /** Milliseconds since 1970 UTC. */
  sentAt: number
}

/** Returns the mails of the last day that a server without SMTP_URL would have sent, newest first. */
export async function readMailbox({
  db,
  clock,
  outbox,
}: Pick<Services, 'db' | 'clock' | 'outbox'>): Promise<MailboxMail[]> {
  const rows = await listMailbox(db.read, clock())
  return rows.flatMap(({ id, kind, recipient, sealed, sent_at: sentAt }) => {
    const data = outbox.sealer.open(sealed ?? '', [id])
    if (data === null || recipient === null || sentAt === null) return []
    // Sound: the sender stored the data of this kind.
    const mail = renderMail(kind as MailKind, JSON.parse(data) as Parameters<typeof renderMail<MailKind>>[1])
    return [{ id, to: recipient, sentAt, ...mail }]
  })
}
