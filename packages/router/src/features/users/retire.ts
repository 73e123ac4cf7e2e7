import { createHmac } from 'node:crypto'

import type { Reader, Writer } from '../../db/database.ts'
import { findRetiredUsername, findRetirementKey, insertRetiredUsername } from './store.ts'

// The name of a closed account stays taken, because whoever got it would be taken for the person who had it. It is personal
// data of somebody who is gone, so the table holds HMACs. Their key is kept in the database and not derived from AUTH_SECRETS:
// the names must stay taken for ever, and secrets are rotated, dropped and lost; it also travels with every backup. So the HMAC
// hides the names from whoever sees the table, not from whoever has the whole database and guesses names one by one; all that
// they learn is that an account of that name was closed.

export async function retireUsername(tx: Writer, username: string): Promise<void> {
  await insertRetiredUsername(tx, await markOf(tx, username))
}

/** @param username in its normal spelling */
export async function isRetired(db: Reader, username: string): Promise<boolean> {
  return findRetiredUsername(db, await markOf(db, username))
}

async function markOf(db: Reader, username: string): Promise<string> {
  const key = await findRetirementKey(db)
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(username).digest('base64url')
}
