import type { Writer } from '../../db/database.ts'
import { clockToleranceMs } from './challenge.ts'
import type { OpenChallenge } from './challenge.ts'
import { insertUsedChallenge, sweepUsedChallenges } from './store.ts'

/**
 * Uses up a challenge in the transaction of its effect.
 * @returns whether this call used it: of simultaneous calls, one does
 */
export async function useChallenge(
  tx: Writer,
  { hash, expiresAt }: OpenChallenge,
  now: number,
): Promise<boolean> {
  await sweepUsedChallenges(tx, now, 10)
  // Stored for longer than any server's clock lets the challenge live.
  return insertUsedChallenge(tx, { hash, expiresAt: expiresAt + 2 * clockToleranceMs })
}
