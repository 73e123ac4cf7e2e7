import type { Services } from '../../../context.ts'
import { emptyMailbox } from '../mailbox/store.ts'
import { longestBackOffMs } from './back-off.ts'
import { hasMails, pullForward, sweepMails } from './store.ts'

const hourMs = 3_600_000

/** How long it is kept, without recipient and content, what became of a mail: for limits and operators. */
const keptMs = 7 * 24 * hourMs

/** Rows in one transaction: other writers wait meanwhile. */
const sweepLimit = 500

/** Returns a function that tidies up the outbox when an hour has passed, and else does nothing. */
export function createHousekeeping({ db, clock }: Pick<Services, 'db' | 'clock'>): () => Promise<void> {
  let lastAt = -Infinity
  return async () => {
    const now = clock()
    if (Math.abs(now - lastAt) < hourMs) return
    lastAt = now
    // On SQLite the first write starts a thread, which an idle server does not need.
    if (!(await hasMails(db.read))) return
    await db.write(async (tx) => {
      await pullForward(tx, { after: now + longestBackOffMs, now })
      await emptyMailbox(tx, now)
    })
    const old = { before: now - keptMs, now, limit: sweepLimit }
    while ((await db.write((tx) => sweepMails(tx, old))) === sweepLimit);
  }
}
