/** Counts the characters of a text as users do: code points, not UTF-16 units. */
export function codePoints(text: string): number {
  let count = text.length
  // Iterating by code point makes a string of each.
  for (let at = 1; at < text.length; at += 1)
    if (isHalf(text, at, 0xdc00) && isHalf(text, at - 1, 0xd800)) count -= 1
  return count
}

/** @param first the first of the 1,024 units that are this half of a pair */
function isHalf(text: string, at: number, first: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === first
}

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
