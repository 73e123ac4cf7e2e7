import type { Services } from '../../../context.ts'
import { countWithPrefix, countWithoutPrefix } from './store.ts'

interface SealedSecrets {
  /** Sealed by an older secret of AUTH_SECRETS, which must stay until they are sealed again. */
  outdated: number
  /** Sealed by a secret that is not in AUTH_SECRETS. */
  unreadable: number
}

/** Counts the stored secrets that a rotation of AUTH_SECRETS concerns. Reads an index. */
export async function countSealedSecrets({
  db,
  totpSealer,
}: Pick<Services, 'db' | 'totpSealer'>): Promise<SealedSecrets> {
  const [, ...older] = totpSealer.prefixes
  return {
    outdated: await countWithPrefix(db.read, older),
    unreadable: await countWithoutPrefix(db.read, totpSealer.prefixes),
  }
}
