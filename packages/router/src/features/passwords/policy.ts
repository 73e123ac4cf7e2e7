import { searchKey, type FailureDetails } from '@latchkey/contract'
import { dictionary } from '@zxcvbn-ts/language-common'

/** Why a new password is refused (ASVS 5.0 6.1.2, 6.2.4, 6.2.11; NIST SP 800-63B-4 3.1.1.2), or undefined when it is fine. */
export type PasswordPolicy = (
  password: string,
  person: { username: string; name: string; email: string | null },
) => FailureDetails<'PASSWORD_REJECTED'>['why'] | undefined

/** All of them in lower case. Looking through the list takes a fifth of a millisecond; a set of it takes ten and 3 MB to make. */
export const commonPasswords: readonly string[] = dictionary['passwords-common']

export function createPasswordPolicy(): PasswordPolicy {
  return (password, { username, name, email }) => {
    if (commonPasswords.includes(password.toLowerCase())) return 'common'
    const core = withoutEdges(password)
    const personal = ['latchkey', username, name, email ?? '', email?.split('@')[0] ?? '']
    return personal.some((word) => isSame(core, word)) ? 'personal' : undefined
  }
}

function isSame(core: string, word: string): boolean {
  const bare = withoutEdges(word)
  return bare.length > 0 && core === bare
}

/** "1ada.lovelace2026!" and "Ada.Lovelace" have the same core. */
function withoutEdges(text: string): string {
  return searchKey(text).replace(/^\P{L}+|\P{L}+$/gu, '')
}
