import type { AccountExport } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { ExportPart } from '../../ports/export-part.ts'
import { listFactors } from './store.ts'

/** Without secrets and codes: they would help only an attacker. */
export const exportSecondFactors: ExportPart<AccountExport['secondFactors']> = async (db, { user }) => {
  const factors = await listFactors(db, user.id)
  return factors.map(({ kind, name, created_at: createdAt, last_used_at: lastUsedAt }) => ({
    kind,
    name,
    createdAt: toInstant(createdAt),
    lastUsedAt: toInstant(lastUsedAt),
  }))
}
