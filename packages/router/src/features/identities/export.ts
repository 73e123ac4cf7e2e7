import type { AccountExport } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { ExportPart } from '../../ports/export-part.ts'
import { listIdentities } from './store.ts'

export const exportIdentities: ExportPart<AccountExport['identities']> = async (db, { user }) => {
  const rows = await listIdentities(db, user.id)
  return rows.map(({ provider, issuer, subject, name, created_at: createdAt, last_used_at: lastUsedAt }) => ({
    provider,
    issuer,
    subject,
    name,
    createdAt: toInstant(createdAt),
    lastUsedAt: toInstant(lastUsedAt),
  }))
}
