import { renderMail } from '@app/mails'
import type { MailKind } from '@app/mails'
import type { Sealer } from '../../../settings/seal.ts'
import type { Delivery, MailTransport } from '../transport.ts'
import type { OutboxMail } from './store.ts'

/**
 * Opens, writes and sends a composed mail. Returns `unreadable` when its secret is not set any more.
 */
export async function deliverMail(
  { sealer, transport }: { sealer: Sealer; transport: MailTransport },
  row: OutboxMail,
  signal: AbortSignal,
): Promise<Delivery | 'unreadable'> {
  const text = sealer.open(row.sealed ?? '', [row.id])
  if (text === null || row.recipient === null) return 'unreadable'
  // Sound: `composeClaimed` stored the data of this kind, and only known kinds are claimed.
  const kind = row.kind as MailKind
  const mail = renderMail(kind, JSON.parse(text) as Parameters<typeof renderMail<typeof kind>>[1])
  return transport.send({ id: row.id, to: row.recipient, date: row.created_at, mail }, signal)
}
