import { AccountExport } from '@app/contract'
import type { Context } from '../../context.ts'
import { fail } from '../../failures.ts'
import { toInstant } from '../../ports/clock.ts'
import type { ExportPart, ExportRequest } from '../../ports/export-part.ts'
import { readInSlots } from '../../rate-limits/heavy-read.ts'
import { exportActivity } from '../audit/index.ts'
import { exportKnownDevices } from '../devices/index.ts'
import { exportEmails } from '../emails/index.ts'
import { exportSecondFactors } from '../factors/index.ts'
import { exportIdentities } from '../identities/index.ts'
import { exportNotes } from '../notes/index.ts'
import { exportSessions, findSession, isUsable } from '../sessions/index.ts'
import { exportTokens } from '../tokens/index.ts'
import { readSelf } from '../users/index.ts'
import { partText } from './part-text.ts'

/** The fields of an export in their order. Each feature contributes its own. */
const parts: { readonly [Field in keyof AccountExport]: ExportPart<AccountExport[Field]> } = {
  exportedAt: async (_db, { now }) => toInstant(now),
  profile: (db, { user }) => readSelf(db, user),
  emails: exportEmails,
  sessions: exportSessions,
  knownDevices: exportKnownDevices,
  secondFactors: exportSecondFactors,
  identities: exportIdentities,
  accessTokens: exportTokens,
  notes: exportNotes,
  activity: exportActivity,
}

/**
 * Yields the JSON text of an `AccountExport`, one record a line. Only one page of a list is in memory. Each
 * page is a separate read, so a concurrent change may be in one part and not in another.
 * @param lock is released at the end, also when the reader stops early
 * @throws SESSION_EXPIRED before a page when the session has ended: a slow reader could go on for hours
 */
export async function* exportText(
  ctx: Pick<Context, 'clock' | 'db' | 'heavyReads' | 'request'>,
  request: ExportRequest,
  lock: Disposable,
): AsyncGenerator<string, void> {
  using _lock = lock
  const requireSession = async () => {
    const session = await findSession(ctx.db.read, request.sessionId)
    if (session === undefined || !isUsable(session, ctx.clock())) throw fail('SESSION_EXPIRED')
  }
  let separator = '{\n'
  for (const [field, part] of Object.entries(parts)) {
    // Sound: the parts have the fields of the schema.
    const schema = AccountExport.shape[field as keyof AccountExport]
    yield `${separator}${JSON.stringify(field)}:`
    const data = part(ctx.db.read, request)
    const text = partText(schema, data)
    const pieces = data instanceof Promise ? text : readInSlots(ctx, request.user.id, text)
    for await (const piece of pieces) {
      yield piece
      await requireSession()
    }
    separator = ',\n'
  }
  yield '\n}\n'
}
