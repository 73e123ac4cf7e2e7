import type { AccountExport } from '@app/contract'
import type { ExportPart } from '../../ports/export-part.ts'
import { toToken } from './shown-token.ts'
import { listTokens } from './store.ts'

export const exportTokens: ExportPart<AccountExport['accessTokens']> = async (db, { user, now }) => {
  const rows = await listTokens(db, { userId: user.id, now })
  return rows.map(toToken)
}
