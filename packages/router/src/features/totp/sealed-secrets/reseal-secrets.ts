import type { Services } from '../../../context.ts'
import type { Writer } from '../../../db/database.ts'
import { recordEvent, systemActor } from '../../audit/index.ts'
import { deleteFactor } from '../../factors/index.ts'
import { notify } from '../../mail/index.ts'
import { findUserById } from '../../users/index.ts'
import { listWithoutPrefix, replaceSealed } from './store.ts'

interface Resealed {
  resealed: number
  /** Whose secret is not in AUTH_SECRETS. */
  unreadable: number
  removed: number
}

interface ResealOptions {
  /** Removes the authenticator apps whose secret cannot be read any more, so that their users get in. */
  removesUnreadable: boolean
  onProgress?: (done: number) => void
}

/** A transaction takes this many rows, so that log-ins do not wait for it. */
const batchSize = 100

/**
 * Seals the stored secrets with the newest secret of AUTH_SECRETS, so that older ones can be removed. It may
 * be interrupted and run again, and run beside servers: a row that changes meanwhile is left as it is.
 */
export async function resealSecrets(
  services: Services,
  { removesUnreadable, onProgress }: ResealOptions,
): Promise<Resealed> {
  const { db, totpSealer } = services
  const [prefix] = totpSealer.prefixes
  const counts = { resealed: 0, unreadable: 0, removed: 0 }
  for (let after = ''; ;) {
    const rows = await listWithoutPrefix(db.read, { prefix, after, limit: batchSize })
    const last = rows.at(-1)
    if (last === undefined) return counts
    after = last.factor_id
    const opened = rows.map((row) => ({
      ...row,
      secret: totpSealer.open(row.sealed, [row.user_id, row.factor_id]),
    }))
    const done = await db.write(async (tx) => {
      const batch = { resealed: 0, unreadable: 0, removed: 0 }
      for (const { factor_id: factorId, user_id: userId, sealed, secret } of opened) {
        if (secret !== null) {
          const to = totpSealer.seal(secret, [userId, factorId])
          if (await replaceSealed(tx, { factorId, from: sealed, to })) batch.resealed += 1
        } else if (removesUnreadable) {
          if (await removeFactor(tx, services, { factorId, userId })) batch.removed += 1
        } else batch.unreadable += 1
      }
      return batch
    })
    counts.resealed += done.resealed
    counts.unreadable += done.unreadable
    counts.removed += done.removed
    onProgress?.(counts.resealed + counts.unreadable + counts.removed)
  }
}

/** @returns whether it existed */
async function removeFactor(
  tx: Writer,
  services: Services,
  { factorId, userId }: { factorId: string; userId: string },
): Promise<boolean> {
  const user = await findUserById(tx, userId)
  if (user === undefined || !(await deleteFactor(tx, { id: factorId, userId }))) return false
  const context = { clock: services.clock, ...systemActor }
  await recordEvent(tx, context, { event: 'totp-removed', subject: userId })
  const deps = { ...services, ...systemActor }
  await notify(tx, deps, user, 'factor-removed', { factor: 'totp', name: null })
  return true
}
