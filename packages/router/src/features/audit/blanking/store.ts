import type { Writer } from '../../../db/database.ts'
import { aboveAllIds } from '../../../id.ts'

/** Of each kind, by the user and about the user, when an account ends: more than nearly all accounts have. */
const firstBatch = 1_000

/** Of each kind, with each later event. */
const laterBatch = 100

/**
 * Deletes address and browser from the newest events that a user caused: their own actions, and anonymous
 * attempts on their account. Other writers wait for the transaction, so `blankMore` does the rest. Events by
 * an admin show the admin's address and stay.
 */
export async function blankEvents(tx: Writer, userId: string): Promise<void> {
  const lowest = await blankBatch(tx, { userId, below: aboveAllIds, limit: firstBatch })
  if (lowest === null) return
  await tx.insertInto('unblanked_accounts').values({ user_id: userId, before_id: lowest }).execute()
}

/** Continues `blankEvents` for one account. */
export async function blankMore(tx: Writer): Promise<void> {
  const account = await tx
    .selectFrom('unblanked_accounts')
    .selectAll()
    .orderBy('user_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst()
  if (account === undefined) return
  const { user_id: userId, before_id: below } = account
  const lowest = await blankBatch(tx, { userId, below, limit: laterBatch })
  await (lowest === null
    ? tx.deleteFrom('unblanked_accounts').where('user_id', '=', userId).execute()
    : tx.updateTable('unblanked_accounts').set({ before_id: lowest }).where('user_id', '=', userId).execute())
}

interface Batch {
  userId: string
  /** Only events with a lower id. */
  below: string
  /** The maximum number of events of each column. */
  limit: number
}

/** @returns the lowest id that the batch covered; null when no older events are left */
async function blankBatch(tx: Writer, batch: Batch): Promise<string | null> {
  const { userId, below } = batch
  const ends = [await lastOf(tx, 'actor_id', batch), await lastOf(tx, 'subject', batch)]
  const lowest = ends.reduce((one, other) => (one > other ? one : other))
  const events = tx
    .updateTable('audit_events')
    .set({ ip: null, user_agent: null })
    .where('id', '>=', lowest)
    .where('id', '<', below)
  await events.where('actor_id', '=', userId).execute()
  await events.where('subject', '=', userId).where('actor_kind', '=', 'anonymous').execute()
  return lowest === '' ? null : lowest
}

/** Returns the id of the last event of a batch, or an empty text when fewer are left. */
async function lastOf(
  tx: Writer,
  column: 'actor_id' | 'subject',
  { userId, below, limit }: Batch,
): Promise<string> {
  const last = await tx
    .selectFrom('audit_events')
    .select('id')
    .where(column, '=', userId)
    .where('id', '<', below)
    .orderBy('id', 'desc')
    .limit(1)
    .offset(limit - 1)
    .executeTakeFirst()
  return last?.id ?? ''
}
