import type { AccountExport } from '@app/contract'
import type { ExportPart } from '../../ports/export-part.ts'
import { toSessions } from './session.ts'
import { listSessions } from './store.ts'

export const exportSessions: ExportPart<AccountExport['sessions']> = async (db, { user, sessionId, now }) =>
  toSessions(await listSessions(db, { userId: user.id, now }), sessionId)
