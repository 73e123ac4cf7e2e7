import type { NoteText } from './note-text.ts'
import { commonParts } from './text-diff.ts'

/**
 * Merges two texts line by line (diff3). A change of one side is taken. If both sides changed the same lines,
 * the result has both versions, mine first, without the lines that they share at the start or end. Of two new
 * titles mine is taken.
 */
export function mergeTexts(base: NoteText, mine: NoteText, theirs: NoteText): NoteText {
  return {
    title: mine.title === base.title || mine.title.trim() === '' ? theirs.title : mine.title,
    body: mergeLines(lines(base.body), lines(mine.body), lines(theirs.body)).join('\n'),
  }
}

function lines(text: string): string[] {
  return text === '' ? [] : text.split(/\r?\n/)
}

function mergeLines(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] {
  const inMine = new Map(commonParts(base, mine))
  const inTheirs = new Map(commonParts(base, theirs))
  const merged: string[] = []
  let from = { base: 0, mine: 0, theirs: 0 }
  const takeUpTo = (to: typeof from) => {
    const was = base.slice(from.base, to.base)
    const here = mine.slice(from.mine, to.mine)
    const there = theirs.slice(from.theirs, to.theirs)
    if (isSame(here, was) || isSame(here, there)) merged.push(...there)
    else if (isSame(there, was)) merged.push(...here)
    else merged.push(...both(here, there))
  }
  for (const [index, line] of base.entries()) {
    const [mineAt, theirsAt] = [inMine.get(index), inTheirs.get(index)]
    // An unchanged line: the lines before it are merged.
    if (mineAt === undefined || theirsAt === undefined) continue
    takeUpTo({ base: index, mine: mineAt, theirs: theirsAt })
    merged.push(line)
    from = { base: index + 1, mine: mineAt + 1, theirs: theirsAt + 1 }
  }
  takeUpTo({ base: base.length, mine: mine.length, theirs: theirs.length })
  return merged
}

/** Joins mine and theirs. Lines that both share at the start or end are one change and appear once. */
function both(mine: readonly string[], theirs: readonly string[]): string[] {
  const most = Math.min(mine.length, theirs.length)
  let start = 0
  while (start < most && mine[start] === theirs[start]) start += 1
  let end = 0
  while (end < most - start && mine.at(-1 - end) === theirs.at(-1 - end)) end += 1
  return [...mine.slice(0, mine.length - end), ...theirs.slice(start)]
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index])
}
