import * as z from 'zod/mini'
import { textLimits } from './limits.ts'
import { normalizeEmail } from './normalize-email.ts'
import { product } from './product.ts'
import { checkWith, searchKey } from './text.ts'

/** Names that only an operator's command may create: their user could pretend to be the operator. */
const reserved: ReadonlySet<string> = new Set([
  'admin',
  'administrator',
  'root',
  'support',
  'security',
  'system',
  product.slug,
  'me',
  'null',
  'undefined',
])

const shape = /^[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?$/

/**
 * Returns the spelling under which a user name is stored and looked up: NFKC, then lower case, with the
 * Turkish İ as i. Without the invisible U+2060, which our mails put into names, so that a name copied from a
 * mail works.
 */
export function normalizeUsername(typed: string): string {
  const folded = typed.replaceAll('\u2060', '').trim().normalize('NFKC').toLowerCase()
  // The lower case of İ is i and a dot above.
  return folded.replaceAll('i\u0307', 'i')
}

/** Returns the text by which the account of a typed user name or email address is looked up. */
export function normalizeLoginName(typed: string): string {
  return typed.includes('@') ? searchKey(normalizeEmail(typed) ?? typed.trim()) : normalizeUsername(typed)
}

/** Any user name that may exist, including reserved ones; parses to its normalised spelling. */
export const ExistingUsername = z
  .pipe(
    z
      .string({ error: 'User name is missing.' })
      .check(z.maxLength(200, 'User name is too long: at most 32 characters.')),
    z.transform(normalizeUsername),
  )
  .check(checkWith(usernameProblem))

/** A user name that a user may choose. */
export const Username = ExistingUsername.check(
  z.refine((name) => !reserved.has(name), 'This user name is reserved.'),
)

function usernameProblem(name: string): string | undefined {
  const { min, max } = textLimits.username
  if (name.length === 0) return 'Enter a user name.'
  if (name.length < min) return `User name is too short: at least ${min} characters.`
  if (name.length > max) return `User name is too long: at most ${max} characters.`
  if (/[^a-z0-9_.-]/.test(name)) return 'Use only letters a to z, digits, dot, dash and underscore.'
  return shape.test(name) ? undefined : 'Start and end with a letter or a digit.'
}
