/** The texts that begin with a prefix: `from` is included, `before` is not. */
export interface PrefixRange {
  from: string
  /** Undefined when no text sorts after them. */
  before: string | undefined
}

const lastCodePoint = 0x10_ff_ff

/**
 * Returns a range instead of a pattern for `like`: both databases find a range in an index, ordered by code
 * points.
 */
export function prefixRange(prefix: string): PrefixRange {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === lastCodePoint) points.pop()
  const last = points.pop()
  if (last === undefined) return { from: prefix, before: undefined }
  // Skips surrogates, which are no characters: a text with one cannot be stored.
  const next = last === 0xd7_ff ? 0xe0_00 : last + 1
  return { from: prefix, before: String.fromCodePoint(...points, next) }
}
