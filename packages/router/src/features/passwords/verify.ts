import type { Reader } from '../../db/database.ts'
import type { Fail } from '../../failures.ts'
import type { HashQueue, HashTicket } from './hash-queue.ts'
import type { PasswordScheme } from './scheme.ts'
import { findCredential } from './store.ts'

/** "This was the password of that version": a claim that a transaction must check again before it acts on it. */
export interface PasswordProof {
  matches: boolean
  version: number
  /** A hash by today's scheme and cost, when the stored one is not. */
  upgrade: string | undefined
}

export interface HashingParts {
  hashQueue: HashQueue
  passwordScheme: PasswordScheme
  fail: Fail<'BUSY'>
}

const busyForSeconds = 1
const nobody = '00000000-0000-0000-0000-000000000000'

/**
 * Compares a password with the user's, or with a dummy of the same cost when there is no such user or no password, so
 * that the work and the time tell nothing (ASVS 5.0 6.3.8).
 * @throws BUSY at once when the line of hashes is full
 */
export async function verifyPassword(
  parts: HashingParts & { db: { read: Reader } },
  userId: string | undefined,
  password: string,
): Promise<PasswordProof> {
  using _ticket = await enterHashQueue(parts)
  const { db, passwordScheme } = parts
  // Nobody is looked up like somebody: the read is part of the time that must not tell.
  const credential = await findCredential(db.read, userId ?? nobody)
  const matches = await passwordScheme.matches(password, credential?.hash ?? passwordScheme.dummy)
  if (credential === undefined) return { matches: false, version: 0, upgrade: undefined }
  const upgrade =
    matches && passwordScheme.isOutdated(credential.hash) ? await passwordScheme.hash(password) : undefined
  return { matches, version: credential.version, upgrade }
}

export function enterHashQueue({ hashQueue, fail }: HashingParts): Promise<HashTicket> {
  const place = hashQueue.enter()
  if (place === null) throw fail('BUSY', { retryAfterSeconds: busyForSeconds })
  return place
}
