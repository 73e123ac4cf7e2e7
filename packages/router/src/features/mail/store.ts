import type { Insertable } from 'kysely'
import type { Writer } from '../../db/database.ts'
import type { OutboxMailsTable } from './table.ts'

export async function insertMail(tx: Writer, mail: Insertable<OutboxMailsTable>): Promise<void> {
  await tx.insertInto('outbox_mails').values(mail).execute()
}
