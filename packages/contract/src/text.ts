import * as z from 'zod/mini'
import { textLimits } from './limits.ts'

/** Counts the characters of a text as users do: code points, not UTF-16 units. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/**
 * Creates the schema of a text field, measured in code points. Rejects lone surrogates and NUL: not every
 * database can store them unchanged, and two different texts must never become equal.
 */
export function text(label: string, { min = 0, max }: { min?: number; max: number }) {
  const wrongType = (issue: { input: unknown }) =>
    issue.input === undefined ? `${label} is missing.` : `${label} must be text.`
  return z.string({ error: wrongType }).check(checkWith((value) => textProblem(label, value, min, max)))
}

/** Makes a check whose message is the sentence that `problemOf` returns. */
export function checkWith(problemOf: (value: string) => string | undefined) {
  return z.superRefine<string>((value, context) => {
    const problem = problemOf(value)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })
}

function textProblem(label: string, value: string, min: number, max: number): string | undefined {
  if (!value.isWellFormed() || value.includes('\0'))
    return `${label} contains characters that are not allowed.`
  // A cheap bound first, so that the rest never reads a megabyte.
  if (value.length > max * 2) return `${label} is too long: at most ${max} characters.`
  const length = codePoints(value)
  if (length > max) return `${label} is too long: at most ${max} characters.`
  if (length >= min) return undefined
  return length === 0
    ? `Enter ${labelInSentence(label)}.`
    : `${label} is too short: at least ${min} characters.`
}

function labelInSentence(label: string): string {
  const lower = label.toLowerCase()
  return /^[aeiou]/.test(lower) && !lower.startsWith('user') ? `an ${lower}` : `a ${lower}`
}

/**
 * Single characters whose NFKC form has more than three times their bytes: U+FDFA alone becomes 18
 * characters.
 */
const expandingCharacters = '\u2057\u2a0c\u3300-\u3357\u337f\ufdfa\ufdfb'
const foldable = new RegExp(`[^${expandingCharacters}]+`, 'gu')

/**
 * Derives the text that searches and comparisons use: one form for every case and spelling of the same
 * letters (Unicode caseless matching, with İ and ı as i). It has at most three times the UTF-8 bytes of
 * `value`, because it is stored.
 */
export function searchKey(value: string): string {
  return value.replace(foldable, (part) => foldCase(foldCase(part)))
}

/**
 * Folds case, which JavaScript lacks: upper case splits ligatures and ß, then lower case makes one form of K,
 * ς and σ.
 */
function foldCase(value: string): string {
  const folded = value.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase()
  return folded
    .replace(/i\u0307/g, 'i')
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
}

export const SearchText = text('Search', textLimits.search)

/** UUIDv7 (RFC 9562). */
export const Id = z.uuid({ version: 'v7', error: 'This is not an id.' })

/** An instant in inputs and outputs: ISO 8601, UTC, milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 })
