import { createHash } from 'node:crypto'

/**
 * Returns what the database stores of a recovery code. It has 120 random bits, so no slow hash is needed
 * (ASVS 5.0 6.5.2).
 * @param code normalised
 */
export function recoveryCodeHash(code: string): string {
  return createHash('sha256').update(`accounts/recovery-code/v1\0${code}`).digest('base64url')
}
