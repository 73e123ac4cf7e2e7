import { createHmac, randomBytes } from 'node:crypto'

import type { Hasher } from './hasher.ts'

/**
 * How a password becomes what is stored: bcrypt over base64(HMAC-SHA-384(fixed key, NFC(password))).
 * bcrypt alone ignores everything past 72 bytes (18 emoji fill that) and stops at a NUL; the 64 characters that
 * the HMAC gives never do. The fixed key keeps the result apart from a plain SHA-384 of the password that leaked elsewhere.
 */
const scheme = 'hs384-bcrypt:'
const prehashKey = 'latchkey/password/v1'

const bcryptAlphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export interface PasswordScheme {
  /** @returns the string to store; it names its scheme and its cost */
  hash(password: string): Promise<string>
  /** Constant work for one cost. @returns false also for a stored string of an unknown scheme */
  matches(password: string, stored: string): Promise<boolean>
  /** Whether the stored string was made with another cost or scheme than a new one would be. */
  isOutdated(stored: string): boolean
  /** A stored string that no password matches; comparing with it costs what a real comparison costs. */
  readonly dummy: string
}

/** @param cost bcrypt's: each step doubles the work. OWASP asks for at least 10 */
export function createPasswordScheme(cost: number, hasher: Hasher): PasswordScheme {
  const prefix = `${scheme}$2b$${String(cost).padStart(2, '0')}$`
  return {
    hash: async (password) => scheme + (await hasher.hash(prehash(password), cost)),
    matches: async (password, stored) =>
      hasher.compare(prehash(password), stored.startsWith(scheme) ? stored.slice(scheme.length) : ''),
    isOutdated: (stored) => !stored.startsWith(prefix),
    // 22 characters of salt and 31 of digest, drawn anew by each process; the salt's last character carries two bits only.
    dummy: `${prefix}${randomText(21)}.${randomText(30)}.`,
  }
}

function prehash(password: string): string {
  return createHmac('sha384', prehashKey).update(password.normalize('NFC')).digest('base64')
}

function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => bcryptAlphabet[byte % bcryptAlphabet.length]).join('')
}
