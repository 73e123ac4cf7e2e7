import type { RateLimits } from './rate-limits.ts'

interface Authentication {
  userId: string
  /** Whether it is a password of a client that is no known device of the account. */
  isPasswordWithoutDevice?: boolean
}

/**
 * Checks whether an account may authenticate again, before the proof is verified: each right proof writes an
 * audit event, and an account must not fill the disk with them.
 * @returns 0, or after how many seconds to retry
 */
export async function waitForAuthentication(
  rateLimits: RateLimits,
  { userId, isPasswordWithoutDevice = false }: Authentication,
): Promise<number> {
  const wait = isPasswordWithoutDevice ? await rateLimits.wait('passwordsWithoutDevicePerAccount', userId) : 0
  return wait || rateLimits.wait('authenticationsPerAccount', userId)
}

/** Counts a right proof. */
export async function countAuthentication(
  rateLimits: RateLimits,
  { userId, isPasswordWithoutDevice = false }: Authentication,
): Promise<void> {
  if (isPasswordWithoutDevice) await rateLimits.consume('passwordsWithoutDevicePerAccount', userId)
  await rateLimits.consume('authenticationsPerAccount', userId)
}
