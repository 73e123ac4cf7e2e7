import { createHmac } from 'node:crypto'
import type { Reader, Writer } from '../../db/database.ts'
import {
  deleteRetiredUsername,
  findRetiredUsername,
  findRetirementKey,
  findUserByUsername,
  insertRetiredUsername,
} from './store.ts'

// User names of closed accounts are stored as HMACs. The key belongs to the database and is not derived from
// AUTH_SECRETS, which are rotated, dropped and lost: without the key every retired name would become
// available (docs/decisions/0009-data-kept-of-closed-accounts.md).

export async function retireUsername(tx: Writer, username: string): Promise<void> {
  await insertRetiredUsername(tx, await usernameHmac(tx, username))
}

/** Makes the user name of a closed account available again. @returns whether it was one */
export async function freeUsername(tx: Writer, username: string): Promise<boolean> {
  return deleteRetiredUsername(tx, await usernameHmac(tx, username))
}

/** @param username normalised */
export async function isRetired(db: Reader, username: string): Promise<boolean> {
  return findRetiredUsername(db, await usernameHmac(db, username))
}

/**
 * Checks whether a user has or had the name. Always reads both, and before any hash: the time must not show
 * which of the two it was.
 * @param username normalised
 */
export async function isTaken(db: Reader, username: string): Promise<boolean> {
  const [user, wasRetired] = await Promise.all([findUserByUsername(db, username), isRetired(db, username)])
  return user !== undefined || wasRetired
}

async function usernameHmac(db: Reader, username: string): Promise<string> {
  const key = await findRetirementKey(db)
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(username).digest('base64url')
}
