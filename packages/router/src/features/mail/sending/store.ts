import type { Selectable, Updateable } from 'kysely'
import type { Reader, Writer } from '../../../db/database.ts'
import { deleteBatch } from '../../../db/delete-batch.ts'
import { lowestId } from '../../../id.ts'
import type { OutboxMailsTable } from '../table.ts'

export type OutboxMail = Selectable<OutboxMailsTable>

/** What a sender can work on. */
interface Claimable {
  now: number
  /** Kinds of requests that can be composed, and kinds of mails that can be sent: others wait. */
  requestKinds: readonly string[]
  mailKinds: readonly string[]
  /** Rows that this process works on already. */
  except: readonly string[]
}

/** Checks whether a claim would find a mail. A read, so that an idle sender never writes. */
export async function hasDueMail(db: Reader, claimable: Claimable): Promise<boolean> {
  return (await selectDue(db, claimable).limit(1).executeTakeFirst()) !== undefined
}

/** Checks whether there is any mail, sent or not. */
export async function hasMails(db: Reader): Promise<boolean> {
  const first = db.selectFrom('outbox_mails').select('id').orderBy('id').limit(1)
  return (await first.executeTakeFirst()) !== undefined
}

/**
 * Claims mails that are due: writes a lease into each. A concurrent claim, of this or another process, gets
 * others.
 */
export function claimMails(
  tx: Writer,
  { claim, leaseMs, limit, ...claimable }: Claimable & { claim: string; leaseMs: number; limit: number },
): Promise<OutboxMail[]> {
  return (
    tx
      // Materialized: see `deleteBatch`.
      .with(
        (cte) => cte('due').materialized(),
        (db) => selectDue(db, claimable).limit(limit).forUpdate().skipLocked(),
      )
      .updateTable('outbox_mails')
      .set((column) => ({
        claim,
        next_at: claimable.now + leaseMs,
        attempts: column('attempts', '+', 1),
      }))
      .where('id', 'in', ({ selectFrom }) => selectFrom('due').select('due.id'))
      .returningAll()
      .execute()
  )
}

function selectDue(db: Reader, { now, requestKinds, mailKinds, except }: Claimable) {
  return db
    .selectFrom('outbox_mails')
    .where('next_at', '<=', now)
    .where((where) =>
      where.or([
        where.and([where('composed', '=', 0), where('kind', 'in', requestKinds)]),
        where.and([where('composed', '=', 1), where('kind', 'in', mailKinds)]),
      ]),
    )
    .$if(except.length > 0, (query) => query.where('id', 'not in', except))
    .select('id')
    .orderBy('next_at')
}

/** Identifies a row and the lease under which it is changed. */
type Claimed = Pick<OutboxMail, 'id' | 'claim'>

/** Changes a mail, if the sender still has its lease. @returns whether it has */
export async function saveClaimed(
  tx: Writer,
  { id, claim }: Claimed,
  changes: Updateable<OutboxMailsTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('outbox_mails')
    .set(changes)
    .where('id', '=', id)
    .where('claim', '=', claim)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Deletes a request from which no mail comes. @returns whether the sender still has its lease */
export async function deleteClaimed(tx: Writer, { id, claim }: Claimed): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('outbox_mails')
    .where('id', '=', id)
    .where('claim', '=', claim)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/**
 * Makes mails due whose next try is later than any back-off or lease ends: the clock was ahead when it was
 * written.
 */
export async function pullForward(tx: Writer, { after, now }: { after: number; now: number }): Promise<void> {
  await tx.updateTable('outbox_mails').set({ next_at: now }).where('next_at', '>', after).execute()
}

/** Deletes a few old mails that have ended or are of no use any more. @returns how many */
export function sweepMails(
  tx: Writer,
  { before, now, limit }: { before: number; now: number; limit: number },
): Promise<number> {
  return deleteBatch(tx, 'outbox_mails', 'id', (rows) =>
    rows.where('id', '<', lowestId(before)).where('useless_at', '<=', now).orderBy('id').limit(limit),
  )
}

/** Mails that wait, of one kind. */
export interface WaitingMails {
  kind: string
  /** Whether a try failed already. */
  isRetried: boolean
  count: number
  /** When the oldest was queued, in milliseconds since 1970 UTC. */
  oldestAt: number
}

/** How many waiting mails are counted: a scrape of the metrics must not read a long queue each time. */
const countedMails = 10_000

/** Counts the mails that wait, at most 10,000 of them. */
export async function countWaitingMails(db: Reader): Promise<WaitingMails[]> {
  const rows = await db
    .selectFrom((select) =>
      select
        .selectFrom('outbox_mails')
        .where('next_at', 'is not', null)
        .select(['kind', 'created_at'])
        .select((column) => column.case().when('problem', 'is', null).then(0).else(1).end().as('is_retried'))
        .limit(countedMails)
        .as('waiting'),
    )
    .select(['kind', 'is_retried'])
    .select(({ fn }) => [fn.countAll<number | string>().as('count'), fn.min('created_at').as('oldest')])
    .groupBy(['kind', 'is_retried'])
    .execute()
  return rows.map(({ kind, is_retried: isRetried, count, oldest }) => ({
    kind,
    isRetried: Number(isRetried) === 1,
    count: Number(count),
    oldestAt: Number(oldest),
  }))
}
