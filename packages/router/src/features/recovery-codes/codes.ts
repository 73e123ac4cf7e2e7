import { randomBytes } from 'node:crypto'
import { recoveryCodeAlphabet } from '@app/contract'

export const codesInSet = 10

/** 5 bits each: 120 bits, so that a plain hash suffices (ASVS 5.0 6.5.2 asks for 112). */
const characters = 24

/** Creates the codes of a set, in the form that `RecoveryCode` of the contract parses to. */
export function createRecoveryCodes(): string[] {
  return Array.from({ length: codesInSet }, () =>
    // The alphabet has 32 characters, so 5 bits of each byte choose one without bias.
    Array.from(randomBytes(characters), (byte) => recoveryCodeAlphabet[byte & 31]).join(''),
  )
}

/** Writes a code in groups of four, as users see it. */
export function showRecoveryCode(code: string): string {
  return code.replace(/(?<=.)(?=(?:.{4})+$)/g, '-')
}
