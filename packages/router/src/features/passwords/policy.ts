import { searchKey } from '@app/contract'
import type { FailureDetails } from '@app/contract'
import { product } from '@app/contract/product'
import { createKnownPasswords } from './known-passwords/known-passwords.ts'

/**
 * Returns why a new password is rejected (ASVS 5.0 6.1.2, 6.2.4, 6.2.11, 6.2.12; NIST SP 800-63B-4
 * 3.1.1.2), or undefined.
 */
export type PasswordPolicy = (
  password: string,
  identity: { username: string; name: string; email: string | null },
) => FailureDetails<'PASSWORD_REJECTED'> | undefined

export function createPasswordPolicy(): PasswordPolicy {
  const knownPasswords = createKnownPasswords()
  return (password, { username, name, email }) => {
    if (knownPasswords.has(password)) return { why: 'common' }
    const personal = [product.name, product.slug, username, name, email ?? '', email?.split('@')[0] ?? '']
    return personal.some((word) => isSame(password, word)) ? { why: 'personal' } : undefined
  }
}

/**
 * Compares a password with a personal word. A word without letters, like a telephone number, is compared
 * unchanged.
 */
function isSame(password: string, word: string): boolean {
  const core = withoutEdges(word)
  return searchKey(password) === searchKey(word) || (core.length > 0 && withoutEdges(password) === core)
}

/**
 * Removes characters that are not letters from both ends: "1ada.lovelace2026!" and "Ada.Lovelace" become
 * equal.
 */
function withoutEdges(text: string): string {
  return searchKey(text).replace(/^\P{L}+|\P{L}+$/gu, '')
}
