import * as z from 'zod/mini'

/**
 * The digits of Crockford's base32, by value: without I, L, O and U, which look like others or spell words.
 */
export const recoveryCodeAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

const notACode = 'Enter one whole recovery code: six groups of four letters and digits.'

/** Dashes and minus signs of every script, spaces, and characters that are not visible. */
const separators = /[\s\p{Dash}\p{Default_Ignorable_Code_Point}]/gu

/** Removes spaces, dashes and invisible characters, and writes full-width characters in ASCII (NFKC). */
export function withoutSeparators(typed: string): string {
  return typed.normalize('NFKC').replace(separators, '')
}

/**
 * A recovery code; parses to its 24 characters without dashes. Case, spaces and dashes do not matter, and o,
 * i and l are read as 0 and 1 (Crockford).
 */
export const RecoveryCode = z.pipe(
  z.string(notACode).check(z.maxLength(200, notACode)),
  z.pipe(
    z.transform((typed: string) =>
      withoutSeparators(typed).toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1'),
    ),
    z.string().check(z.regex(/^[0-9A-HJKMNP-TV-Z]{24}$/, notACode)),
  ),
)
