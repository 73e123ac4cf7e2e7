import type { Reader, Writer } from '../../../db/database.ts'

/** How long, and how many, mails are shown on the page for developers. */
const mailboxLimits = { ms: 24 * 3_600_000, mails: 200 } as const

/** Lists the mails that were sent with their content kept, newest first. */
export function listMailbox(db: Reader, now: number) {
  return (
    db
      .selectFrom('outbox_mails')
      .where('sent_at', '>', now - mailboxLimits.ms)
      // Both columns, because the index has both conditions.
      .where('sent_at', 'is not', null)
      .where('sealed', 'is not', null)
      .selectAll()
      .orderBy('id', 'desc')
      .limit(mailboxLimits.mails)
      .execute()
  )
}

/** Empties what the page does not show any more, so that links are kept for a day only. */
export async function emptyMailbox(tx: Writer, now: number): Promise<void> {
  await tx
    .updateTable('outbox_mails')
    .set({ recipient: null, sealed: null })
    .where('sent_at', 'is not', null)
    .where('sealed', 'is not', null)
    .where(({ eb, not, selectFrom }) =>
      not(
        eb(
          'id',
          'in',
          selectFrom('outbox_mails as shown')
            .where('shown.sent_at', '>', now - mailboxLimits.ms)
            .where('shown.sent_at', 'is not', null)
            .where('shown.sealed', 'is not', null)
            .select('shown.id')
            .orderBy('shown.id', 'desc')
            .limit(mailboxLimits.mails),
        ),
      ),
    )
    .execute()
}
