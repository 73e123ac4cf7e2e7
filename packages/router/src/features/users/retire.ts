import { createHmac } from 'node:crypto'
import type { Reader, Writer } from '../../db/database.ts'
import {
  deleteRetiredUsername,
  findRetiredUsername,
  findRetirementKey,
  findUserByUsername,
  insertRetiredUsername,
} from './store.ts'

// Names of people who are gone are kept as HMACs. The key is the database's own and not derived from
// AUTH_SECRETS, which are rotated, dropped and lost: with the key every retired name would become free
// (docs/decisions/0009-data-kept-of-closed-accounts.md).

export async function retireUsername(tx: Writer, username: string): Promise<void> {
  await insertRetiredUsername(tx, await usernameHmac(tx, username))
}

/** Makes the user name of a closed account free again. @returns whether it was one */
export async function freeUsername(tx: Writer, username: string): Promise<boolean> {
  return deleteRetiredUsername(tx, await usernameHmac(tx, username))
}

/** @param username in its normal spelling */
export async function isRetired(db: Reader, username: string): Promise<boolean> {
  return findRetiredUsername(db, await usernameHmac(db, username))
}

/**
 * Whether somebody has the user name, or had it. Both are always asked, and before any hash: the time must
 * not tell which of the two it was.
 * @param username in its normal spelling
 */
export async function isTaken(db: Reader, username: string): Promise<boolean> {
  const [holder, wasHeld] = await Promise.all([findUserByUsername(db, username), isRetired(db, username)])
  return holder !== undefined || wasHeld
}

async function usernameHmac(db: Reader, username: string): Promise<string> {
  const key = await findRetirementKey(db)
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(username).digest('base64url')
}
