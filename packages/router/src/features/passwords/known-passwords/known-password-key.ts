import { hash } from 'node:crypto'

/** With 40 bits and 474,743 entries, one unknown password in 2.3 million is taken for a known one. */
export const keyBytes = 5

/** Returns the first 40 bits of the SHA-256 of a password, after lower-casing and NFC, as a number. */
export function knownPasswordKey(password: string): number {
  return hash('sha256', password.toLowerCase().normalize('NFC'), 'buffer').readUIntBE(0, keyBytes)
}
