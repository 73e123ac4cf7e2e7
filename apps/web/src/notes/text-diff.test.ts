import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeTexts } from './merge-texts.ts'
import { commonParts, diffWords } from './text-diff.ts'

// A fixed seed: a text that fails is found in each run or in none.
fc.configureGlobal({ seed: 20_261_130 })

const text = fc.stringMatching(/^[ab .\n]{0,40}$/)

test('text diff: the pieces reconstruct both texts', () => {
  fc.assert(
    fc.property(text, text, (from, to) => {
      const pieces = diffWords(from, to)
      const without = (kind: string) =>
        pieces.flatMap((piece) => (piece.kind === kind ? [] : [piece.text])).join('')
      expect(without('added')).toBe(from)
      expect(without('removed')).toBe(to)
    }),
  )
})

test('text diff: marks only the differences', () => {
  expect(diffWords('Leaves at nine', 'Leaves at ten')).toEqual([
    { kind: 'same', text: 'Leaves at ' },
    { kind: 'removed', text: 'nine' },
    { kind: 'added', text: 'ten' },
  ])
})

test('text diff: compares unrelated texts of the maximal length quickly', () => {
  const long = (word: string) => Array.from({ length: 20_000 }, (_, index) => `${word}${index}`)
  expect(commonParts(long('a'), long('b'))).toEqual([])
})

const lines = fc.array(fc.constantFrom('one', 'two', 'three', 'four'), { maxLength: 8 })

test('merge: takes a change of one side, and the same change of both sides once', () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const [base, changed] = [note(before), note(after)]
      expect(mergeTexts(base, changed, base).body).toBe(changed.body)
      expect(mergeTexts(base, base, changed).body).toBe(changed.body)
      expect(mergeTexts(base, changed, changed).body).toBe(changed.body)
    }),
  )
})

test('merge: keeps every new line of both sides', () => {
  fc.assert(
    fc.property(lines, lines, lines, (base, mine, theirs) => {
      const [added, alsoAdded] = [
        ['mine', ...mine, 'mine'],
        [...theirs, 'theirs'],
      ]
      const merged = mergeTexts(note(base), note(added), note(alsoAdded)).body.split('\n')
      expect(merged.filter((line) => line === 'mine')).toHaveLength(2)
      expect(merged.filter((line) => line === 'theirs')).toHaveLength(1)
    }),
  )
})

test('merge: takes changes in different places, and both versions of lines that both changed', () => {
  const base = note(['one', 'two', 'three'])
  expect(mergeTexts(base, note(['half', 'one', 'two', 'three']), note(['one', 'two', 'end'])).body).toBe(
    'half\none\ntwo\nend',
  )
  expect(mergeTexts(base, note(['one', 'mine', 'three']), note(['one', 'theirs', 'three'])).body).toBe(
    'one\nmine\ntheirs\nthree',
  )
})

function note(body: readonly string[]) {
  return { title: 'Title', body: body.join('\n') }
}

test('merge: takes a line once that both added in the same place', () => {
  const base = note(['one', 'two', 'three'])
  const mine = note(['one', '2', 'three', 'four'])
  const theirs = note(['one', 'zwei', 'three', 'four', 'five'])
  expect(mergeTexts(base, mine, theirs).body).toBe(['one', '2', 'zwei', 'three', 'four', 'five'].join('\n'))
  expect(
    mergeTexts(base, note(['x', 'one', 'two', 'three']), note(['y', 'x', 'one', 'two', 'three'])).body,
  ).toBe(['y', 'x', 'one', 'two', 'three'].join('\n'))
})
