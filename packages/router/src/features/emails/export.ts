import type { AccountExport } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { ExportPart } from '../../ports/export-part.ts'
import { listEmails } from './store.ts'

export const exportEmails: ExportPart<AccountExport['emails']> = async (db, { user }) => {
  const emails = await listEmails(db, user.id)
  return emails.map(({ address, verified_at: at }) => ({ address, verifiedAt: toInstant(at) }))
}
