import { pageLimits } from '@app/contract'
import type { AccountExport } from '@app/contract'
import type { ExportPart } from '../../ports/export-part.ts'
import { readOwnActivity, toOwnEvent } from './activity.ts'

export const exportActivity: ExportPart<AccountExport['activity']> = async function* (
  db,
  { user, seesOthers },
) {
  const onlooker = { id: user.id, seesOthers }
  let after: string | undefined
  do {
    const events = await readOwnActivity(db, onlooker, { after, limit: pageLimits.max })
    yield events.map((event) => toOwnEvent(event, onlooker))
    after = events.length < pageLimits.max ? undefined : events.at(-1)?.id
  } while (after !== undefined)
}
