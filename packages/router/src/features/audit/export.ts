import { pageLimits } from '@app/contract'
import type { AccountExport } from '@app/contract'
import type { ExportPart } from '../../ports/export-part.ts'
import { readOwnActivity, toOwnEvent } from './activity.ts'

export const exportActivity: ExportPart<AccountExport['activity']> = async function* (
  db,
  { user, seesOthers },
) {
  const viewer = { id: user.id, seesOthers }
  let after: string | undefined
  do {
    const events = await readOwnActivity(db, viewer, { after, limit: pageLimits.max })
    yield events.map((event) => toOwnEvent(event, viewer))
    after = events.length < pageLimits.max ? undefined : events.at(-1)?.id
  } while (after !== undefined)
}
