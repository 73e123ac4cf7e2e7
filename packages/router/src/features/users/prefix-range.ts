/** The texts that begin with a prefix: from the first one, up to but without the other. */
export interface PrefixRange {
  from: string
  /** Undefined when nothing sorts behind them. */
  before: string | undefined
}

const lastCodePoint = 0x10_ff_ff

/**
 * A range instead of `like`, because both databases find a range in an index; they order text by code points.
 */
export function prefixRange(prefix: string): PrefixRange {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0)
  while (points.at(-1) === lastCodePoint) points.pop()
  const last = points.pop()
  if (last === undefined) return { from: prefix, before: undefined }
  // Surrogates are no characters: a text that holds one cannot be stored.
  const next = last === 0xd7_ff ? 0xe0_00 : last + 1
  return { from: prefix, before: String.fromCodePoint(...points, next) }
}
