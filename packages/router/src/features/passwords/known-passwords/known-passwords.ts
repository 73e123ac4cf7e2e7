import { readFileSync } from 'node:fs'
import { keyBytes, knownPasswordKey } from './known-password-key.ts'

/** Passwords of 8 and more characters that are known from breaches, without their case. */
export interface KnownPasswords {
  /** Takes 4 µs; the first call also reads the file, which takes 10 ms. */
  has(password: string): boolean
}

/** The sorted keys, each once, without a header. `build.ts` makes it; LICENSE.md has its source. */
export const knownPasswordsFile = new URL('./known-passwords.bin', import.meta.url)

/** Never written, so all servers of a process share it: tests start hundreds. */
let keys: Buffer | undefined

/**
 * Reads the file, 2.4 MB, when it is first needed. One buffer and a binary search take a tenth of the memory
 * of a set of strings.
 */
export function createKnownPasswords(): KnownPasswords {
  return {
    has: (password) => {
      keys ??= readFileSync(knownPasswordsFile)
      return hasKey(keys, knownPasswordKey(password))
    },
  }
}

function hasKey(keys: Buffer, wanted: number): boolean {
  let [from, to] = [0, keys.length / keyBytes]
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    const key = keys.readUIntBE(middle * keyBytes, keyBytes)
    if (key === wanted) return true
    if (key < wanted) from = middle + 1
    else to = middle
  }
  return false
}
