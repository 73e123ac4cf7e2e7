import type { Insertable } from 'kysely'
import type { Writer } from '../../db/database.ts'
import { executeLater } from '../../db/execute-later.ts'
import type { OutboxMailsTable } from './table.ts'

export async function insertMail(tx: Writer, mail: Insertable<OutboxMailsTable>): Promise<void> {
  await executeLater(tx, tx.insertInto('outbox_mails').values(mail))
}
