/** Counts the characters of a text as users do: code points, not UTF-16 units. */
export function codePoints(text: string): number {
  // Iterating by code point makes a string of each.
  return text.length - (text.match(pairs)?.length ?? 0)
}

/** Both halves of a character beyond U+FFFF. */
const pairs = /[\ud800-\udbff][\udc00-\udfff]/g

/** Returns the sentence about a text with wrong characters or a wrong length, without zod. */
export function textProblem(label: string, value: string, min: number, max: number): string | undefined {
  // A cheap bound first, so that the rest never reads a megabyte.
  if (value.length > max * 2) return `${label} is too long: at most ${max} characters.`
  if (!value.isWellFormed() || value.includes('\0'))
    return `${label} contains characters that are not allowed.`
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
