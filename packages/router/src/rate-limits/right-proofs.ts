import type { RateLimits } from './rate-limits.ts'

/** What a right password, passkey, code or outside identity is for. */
export type RightProof =
  | { use: 'password-login'; userId: string; isKnownDevice: boolean }
  | { use: 'passwordless-login'; userId: string }
  | { use: 'confirmation'; sessionId: string }

type Limit = readonly [name: Parameters<RateLimits['consume']>[0], key: string]

/**
 * Checks whether a right proof would be accepted, before it is verified: each writes an audit event, and an
 * account must not fill the disk with them.
 * @returns 0, or after how many seconds to retry
 */
export async function rightProofRefusedForSeconds(
  rateLimits: RateLimits,
  proof: RightProof,
): Promise<number> {
  const waits = await Promise.all(limitsOf(proof).map(async ([name, key]) => rateLimits.wait(name, key)))
  return Math.max(...waits)
}

/** Counts a right proof. Not in a transaction: the counter may be in the store of LIMITS_STORE. */
export async function countRightProof(rateLimits: RateLimits, proof: RightProof): Promise<void> {
  await Promise.all(limitsOf(proof).map(async ([name, key]) => rateLimits.consume(name, key)))
}

function limitsOf(proof: RightProof): readonly Limit[] {
  switch (proof.use) {
    case 'password-login': {
      const ofAll = ['passwordLoginsPerAccount', proof.userId] as const
      return proof.isKnownDevice ? [ofAll] : [ofAll, ['passwordLoginsWithoutDevicePerAccount', proof.userId]]
    }
    case 'passwordless-login':
      return [['passwordlessLoginsPerAccount', proof.userId]]
    case 'confirmation':
      return [['confirmationsPerSession', proof.sessionId]]
  }
}
