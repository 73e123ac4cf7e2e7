import * as z from 'zod/mini'
import { textLimits } from './limits.ts'
import { textProblem } from './text-problem.ts'

export { codePoints } from './text-problem.ts'

/**
 * Creates the schema of a text field, measured in code points. Rejects lone surrogates and NUL: not every
 * database can store them unchanged, and two different texts must never become equal.
 */
export function text(label: string, { min = 0, max }: { min?: number; max: number }) {
  const wrongType = (issue: { input: unknown }) =>
    issue.input === undefined ? `${label} is missing.` : `${label} must be text.`
  // zod keeps what it does not know in the definition of the schema, where `lengthsOf` finds it.
  const definition = { error: wrongType, lengths: { min, max } }
  return z.string(definition).check(checkWith((value) => textProblem(label, value, min, max)))
}

/** Returns the limits of a schema that `text` created, for the API document; undefined for other schemas. */
export function lengthsOf({ _zod: { def } }: z.core.$ZodType): { min: number; max: number } | undefined {
  // Sound: `text` sets it, and zod itself has no such key.
  return (def as { lengths?: { min: number; max: number } }).lengths
}

/**
 * Makes a check whose message is the sentence that `problemOf` returns. A problem ends the checks of the
 * text, so that later ones never read a text that is too long.
 */
export function checkWith(problemOf: (value: string) => string | undefined) {
  return z.superRefine<string>((value, context) => {
    const problem = problemOf(value)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem, continue: false })
  })
}

/**
 * Single characters whose NFKC form has more than three times their bytes: U+FDFA alone becomes 18
 * characters. They are replaced by NUL while the rest is folded, so NUL is one of them.
 */
const unfolded = /[\0\u2057\u2a0c\u3300-\u3357\u337f\ufdfa\ufdfb]/g

/** Marks, and the two letters that NFKC makes a mark without another letter. */
const mark = '[\\p{M}\uff9e\uff9f]'
/** No language has more in a row (Unicode Standard Annex 15, stream-safe text). */
const mostMarks = 30
const excessMarks = new RegExp(`(?<!${mark})(${mark}{${mostMarks}})${mark}+`, 'gu')
const firstMark = new RegExp(`^${mark}`, 'u')

/**
 * Derives the text that searches and comparisons use: one form for every case and spelling of the same
 * letters (Unicode caseless matching, with İ and ı as i). It has at most three times the UTF-8 bytes of
 * `value`, because it is stored. Marks after the 30th in a row are left out, because the time to normalise
 * grows with the square of their number. So two spellings of one text have the same key only up to 30 marks
 * in a row, counted in the decomposed form: `á` has one.
 */
export function searchKey(value: string): string {
  const kept = value.match(unfolded) ?? []
  const rest = value.replace(unfolded, '\0')
  let index = 0
  return foldCase(foldCase(rest)).replace(/\0/g, () => kept[index++] ?? '')
}

/**
 * Folds case, which JavaScript lacks: upper case splits ligatures and ß, then lower case makes one form of K,
 * ς and σ.
 */
function foldCase(value: string): string {
  const bounded = mayHaveExcessMarks(value) ? value.replace(excessMarks, '$1') : value
  const folded = bounded.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase()
  return folded
    .replace(/i\u0307/g, 'i')
    .replaceAll('ς', 'σ')
    .normalize('NFKC')
}

/**
 * Checks whether more than 30 UTF-16 units in a row are marks. So many would include every 31st unit of the
 * text, and looking at those alone costs a twentieth of the regular expression.
 */
function mayHaveExcessMarks(value: string): boolean {
  for (let at = mostMarks; at < value.length; at += mostMarks + 1) {
    if (!isMark(value, at)) continue
    let [start, end] = [at, at + 1]
    while (isMark(value, start - 1)) start -= 1
    while (isMark(value, end)) end += 1
    if (end - start > mostMarks) return true
  }
  return false
}

/** Checks whether a unit is, or is half of, a mark. */
function isMark(value: string, at: number): boolean {
  const unit = value.charCodeAt(at)
  // U+0300 is the first mark. `charCodeAt` is NaN outside of the text.
  if (!(unit >= 0x300)) return false
  const isSecondHalf = unit >= 0xdc00 && unit < 0xe000
  return firstMark.test(String.fromCodePoint(value.codePointAt(isSecondHalf ? at - 1 : at) ?? 0))
}

export const SearchText = text('Search', textLimits.search)

/** UUIDv7 (RFC 9562). */
export const Id = z.uuid({ version: 'v7', error: 'This is not an id.' })

/** An instant in inputs and outputs: ISO 8601, UTC, milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 })
