import { createHmac, randomBytes } from 'node:crypto'
import type { Hasher } from './hasher.ts'

/**
 * The stored form of a password: bcrypt over base64(HMAC-SHA-384(fixed key, NFC(password))).
 * bcrypt alone ignores bytes after the 72nd (18 emoji fill 72) and stops at a NUL; the 64 characters of the
 * HMAC avoid both. The fixed key makes the result differ from a plain SHA-384 of the password that leaked
 * elsewhere.
 */
const scheme = 'hs384-bcrypt:'
const prehashKey = 'accounts/password/v1'

/** bcrypt takes costs from 4 to 31. */
const bcryptForm = /^\$2b\$(0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}$/
const bcryptAlphabet = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export interface PasswordScheme {
  /** @returns the string to store; it names its scheme and its cost */
  hash(password: string): Promise<string>
  /**
   * Compares a password with a stored string, at the same cost for every stored string, also after the cost
   * setting changed.
   * @returns false also for a stored string of an unknown scheme
   */
  matches(password: string, stored: string): Promise<boolean>
  /** Returns whether a new hash would have another cost or scheme than the stored string. */
  isOutdated(stored: string): boolean
  /** A stored string that no password matches; comparing with it costs what a real comparison costs. */
  readonly dummy: string
}

/** @param cost bcrypt's: each step doubles the work. OWASP asks for at least 10 */
export function createPasswordScheme(cost: number, hasher: Hasher): PasswordScheme {
  // 22 characters of salt and 31 of digest, random for each process. The last character of the salt encodes
  // two bits only.
  const saltAndDigest = `${randomText(21)}.${randomText(30)}.`
  const dummy = scheme + bcryptPrefix(cost) + saltAndDigest
  let maxCost = cost
  return {
    hash: async (password) => scheme + (await hasher.hash(prehash(password), cost)),
    matches: async (password, stored) => {
      const text = prehash(password)
      const storedCost = costOf(stored)
      const [compared, spent] = storedCost === undefined ? [dummy, cost] : [stored, storedCost]
      // After the cost was lowered, old hashes take longer than a new dummy would.
      maxCost = Math.max(maxCost, spent)
      // 2^c + 2^c + 2^(c+1) + ... + 2^(C-1) = 2^C: an old hash and its padding cost what a new one costs.
      // One call for all of them: each separate call would add a fifth of a millisecond.
      const paddingHashes = Array.from(
        { length: maxCost - spent },
        (_, more) => bcryptPrefix(spent + more) + saltAndDigest,
      )
      return hasher.compare(text, compared.slice(scheme.length), paddingHashes)
    },
    isOutdated: (stored) => !stored.startsWith(scheme + bcryptPrefix(cost)),
    dummy,
  }
}

function bcryptPrefix(cost: number): string {
  return `$2b$${String(cost).padStart(2, '0')}$`
}

/** @returns undefined for a string that bcrypt would reject without any work */
function costOf(stored: string): number | undefined {
  if (!stored.startsWith(scheme)) return undefined
  const cost = bcryptForm.exec(stored.slice(scheme.length))?.[1]
  return cost === undefined ? undefined : Number(cost)
}

function prehash(password: string): string {
  return createHmac('sha384', prehashKey).update(password.normalize('NFC')).digest('base64')
}

function randomText(length: number): string {
  return Array.from(randomBytes(length), (byte) => bcryptAlphabet[byte % bcryptAlphabet.length]).join('')
}
