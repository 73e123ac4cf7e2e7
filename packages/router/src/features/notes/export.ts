import { pageLimits } from '@app/contract'
import type { AccountExport } from '@app/contract'
import type { ExportPart } from '../../ports/export-part.ts'
import { findNotes } from './find-notes.ts'

export const exportNotes: ExportPart<AccountExport['notes']> = async function* (db, { user }) {
  let after: string | undefined
  do {
    const page = await findNotes(db, { userId: user.id, after, limit: pageLimits.max })
    yield page.notes
    after = page.nextAfter ?? undefined
  } while (after !== undefined)
}
