/**
 * The search for common parts stops at this number of differences, because its time grows with it. Texts with
 * more differences are shown as unrelated.
 */
const maxDifferences = 600

export interface Piece {
  kind: 'same' | 'removed' | 'added'
  text: string
}

/** Returns the words to remove from `from` and to add to get `to`. */
export function diffWords(from: string, to: string): Piece[] {
  const [before, after] = [wordsOf(from), wordsOf(to)]
  const pieces: Piece[] = []
  const add = (kind: Piece['kind'], words: readonly string[]) => {
    if (words.length > 0) pieces.push({ kind, text: words.join('') })
  }
  let [x, y] = [0, 0]
  let same: string[] = []
  for (const [nextX, nextY] of [...commonParts(before, after), [before.length, after.length] as const]) {
    if (nextX > x || nextY > y) {
      add('same', same)
      same = []
      add('removed', before.slice(x, nextX))
      add('added', after.slice(y, nextY))
    }
    same.push(...after.slice(nextY, nextY + 1))
    ;[x, y] = [nextX + 1, nextY + 1]
  }
  add('same', same)
  return pieces
}

function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{N}]+|\n|[^\S\n]+|[^\p{L}\p{N}\s]/gu) ?? []
}

/**
 * Returns the longest common subsequence of two lists, as pairs of indexes (E. W. Myers, An O(ND) Difference
 * Algorithm).
 */
export function commonParts(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1
  let end = 0
  const shorter = Math.min(a.length, b.length) - start
  while (end < shorter && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const middle = commonInMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end))
  return [
    ...Array.from({ length: start }, (_, index) => [index, index] as const),
    ...middle.map(([x, y]) => [x + start, y + start] as const),
    ...Array.from({ length: end }, (_, index) => [a.length - end + index, b.length - end + index] as const),
  ]
}

/**
 * `reached[k]`: the furthest index in `a` on diagonal `k` (index in `a` minus index in `b`) for a number of
 * differences.
 */
type Reached = ReadonlyMap<number, number>

function commonInMiddle(a: readonly string[], b: readonly string[]): (readonly [number, number])[] {
  if (a.length === 0 || b.length === 0) return []
  const steps: Reached[] = []
  let reached: Reached = new Map([[1, 0]])
  for (let differences = 0; differences <= Math.min(a.length + b.length, maxDifferences); differences += 1) {
    steps.push(reached)
    const next = new Map<number, number>()
    for (let k = -differences; k <= differences; k += 2) {
      let x = startOn(reached, k)
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1
      next.set(k, x)
      if (x >= a.length && x - k >= b.length) return walkBack(steps, a.length, b.length)
    }
    reached = next
  }
  return []
}

/** Returns where diagonal `k` starts with one more difference: from the neighbour that reached further. */
function startOn(reached: Reached, k: number): number {
  const [below, above] = [reached.get(k - 1), reached.get(k + 1)]
  if (below === undefined) return above ?? 0
  return above !== undefined && below < above ? above : below + 1
}

function walkBack(
  steps: readonly Reached[],
  aLength: number,
  bLength: number,
): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = []
  let [x, y] = [aLength, bLength]
  for (const reached of steps.toReversed()) {
    const k = x - y
    const start = startOn(reached, k)
    while (x > start) {
      x -= 1
      y -= 1
      pairs.push([x, y])
    }
    const [below, above] = [reached.get(k - 1), reached.get(k + 1)]
    const cameFrom = below === undefined || (above !== undefined && below < above) ? k + 1 : k - 1
    x = reached.get(cameFrom) ?? 0
    y = x - cameFrom
  }
  return pairs.toReversed()
}
