import { userLimits, type AccountExport } from '@latchkey/contract'

import { toInstant } from '../../clock.ts'
import type { Reader } from '../../db/database.ts'
import { readOwnActivity, toOwnEvent, type Onlooker } from '../audit/index.ts'
import { listEmails } from '../emails/index.ts'
import { listNotes, toNote } from '../notes/index.ts'
import { listSessions, toSessions } from '../sessions/index.ts'
import { readSelf } from '../users/index.ts'
import { listDeviceUses } from '../devices/index.ts'

/** No allowance lets anybody cause as many in the time they are kept. */
const allEvents = 1_000_000

interface Asking {
  user: Parameters<typeof readSelf>[1]
  sessionId: string
  onlooker: Onlooker
  now: number
}

/** Each part is a read of its own: what changes meanwhile may show in one and not in another. */
export async function readOwnData(
  db: Reader,
  { user, sessionId, onlooker, now }: Asking,
): Promise<AccountExport> {
  const [profile, emails, sessions, devices, notes, activity] = await Promise.all([
    readSelf(db, user),
    listEmails(db, user.id),
    listSessions(db, { userId: user.id, now }),
    listDeviceUses(db, user.id),
    listNotes(db, { userId: user.id, search: '', after: undefined, atMost: userLimits.notes }),
    readOwnActivity(db, onlooker, { after: undefined, atMost: allEvents }),
  ])
  return {
    exportedAt: toInstant(now),
    profile,
    emails: emails.map(({ address, verified_at: at }) => ({
      address,
      verifiedAt: at === null ? null : toInstant(at),
    })),
    sessions: toSessions(sessions, sessionId),
    knownDevices: devices.map((device) => ({ lastUsedAt: toInstant(device.last_used_at) })),
    notes: notes.map(toNote),
    activity: activity.map((row) => toOwnEvent(row, onlooker)),
  }
}
