import type { Services } from '../../../context.ts'
import { recipientHmac } from '../link-limits/recipient-hmac.ts'
import type { ComposedMail, Composer, Composers, MailRequestKind } from '../requests.ts'
import { deleteClaimed, saveClaimed } from './store.ts'
import type { OutboxMail } from './store.ts'

/**
 * Composes the mail of a claimed request and stores it instead of the request, in one transaction with what
 * the composer writes, such as the secret of a link.
 * @returns the stored mail; null when nothing is to be sent, or another sender has the lease now;
 * `unreadable` when its secret is not set any more
 */
export async function composeClaimed(
  services: Services,
  composers: Partial<Composers>,
  row: OutboxMail,
): Promise<OutboxMail | null | 'unreadable'> {
  const text = services.outbox.sealer.open(row.sealed ?? '', [row.id])
  if (text === null) return 'unreadable'
  // Sound: `queueMail` wrote the request of this kind, and only kinds with a composer are claimed.
  const compose = composers[row.kind as MailRequestKind] as Composer<MailRequestKind>
  const request = JSON.parse(text) as Parameters<typeof compose>[2]
  try {
    return await services.db.write(async (tx) => {
      const mail = await compose(tx, services, request)
      const columns = mail === null ? null : composedColumns(services, row, mail)
      const isKept = columns === null ? await deleteClaimed(tx, row) : await saveClaimed(tx, row, columns)
      // Rolls back the secret of a link that no mail contains.
      if (!isKept) throw new LeaseLost()
      return columns === null ? null : { ...row, ...columns }
    })
  } catch (error) {
    if (error instanceof LeaseLost) return null
    throw error
  }
}

class LeaseLost extends Error {}

function composedColumns(services: Services, { id }: OutboxMail, mail: ComposedMail) {
  return {
    kind: mail.kind,
    composed: 1,
    user_id: mail.userId,
    recipient: mail.to,
    recipient_hmac: recipientHmac(services, mail.to),
    sealed: services.outbox.sealer.seal(JSON.stringify(mail.data), [id]),
    useless_at: mail.uselessAt,
  }
}
