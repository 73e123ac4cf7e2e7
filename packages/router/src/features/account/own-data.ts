import { AccountExport } from '@app/contract'
import type * as z from 'zod/mini'

import { toInstant } from '../../ports/clock.ts'
import type { Context } from '../../context.ts'
import { inTurns } from '../../rate-limits/heavy-read.ts'
import { everyOwnEvent, type Onlooker } from '../audit/index.ts'
import { listEmails } from '../emails/index.ts'
import { everyNote } from '../notes/index.ts'
import { listSessions, toSessions } from '../sessions/index.ts'
import { readSelf } from '../users/index.ts'
import { listDeviceUses } from '../devices/index.ts'

interface OwnDataInput {
  user: Parameters<typeof readSelf>[1]
  sessionId: string
  onlooker: Onlooker
  now: number
}

/** What is kept about somebody: the lists that may be long are empty in `data`, and apart. */
interface OwnData {
  data: AccountExport
  lists: {
    notes: AsyncIterable<AccountExport['notes']>
    activity: AsyncIterable<AccountExport['activity']>
  }
}

/** Each part, and each page of a list, is a read of its own: what changes meanwhile may show in one and not in another. */
export async function readOwnData(
  { db: { read: db }, ...turns }: Pick<Context, 'db' | 'heavyReads' | 'request'>,
  { user, sessionId, onlooker, now }: OwnDataInput,
): Promise<OwnData> {
  const paced = <T>(pages: AsyncIterable<T>) => inTurns(turns, user.id, pages)
  const [profile, emails, sessions, devices] = await Promise.all([
    readSelf(db, user),
    listEmails(db, user.id),
    listSessions(db, { userId: user.id, now }),
    listDeviceUses(db, { userId: user.id, now }),
  ])
  return {
    data: {
      exportedAt: toInstant(now),
      profile,
      emails: emails.map(({ address, verified_at: at }) => ({
        address,
        verifiedAt: at === null ? null : toInstant(at),
      })),
      sessions: toSessions(sessions, sessionId),
      knownDevices: devices.map((device) => ({ lastUsedAt: toInstant(device.last_used_at) })),
      notes: [],
      activity: [],
    },
    lists: {
      notes: checked(AccountExport.shape.notes, paced(everyNote(db, user.id))),
      activity: checked(AccountExport.shape.activity, paced(everyOwnEvent(db, onlooker))),
    },
  }
}

/** For a caller who takes it as one value. */
export async function wholeOwnData({ data, lists }: OwnData): Promise<AccountExport> {
  return { ...data, notes: await itemsOf(lists.notes), activity: await itemsOf(lists.activity) }
}

async function itemsOf<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = []
  for await (const page of pages) items.push(...page)
  return items
}

/** The schema of the answer sees empty lists only, so each page is held to it here. */
async function* checked<T>(schema: z.ZodMiniType<T>, pages: AsyncIterable<unknown>): AsyncGenerator<T> {
  for await (const page of pages) yield schema.parse(page)
}
