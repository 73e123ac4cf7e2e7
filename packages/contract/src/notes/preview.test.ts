import { expect, test } from 'vitest'
import { noteLimits } from './limits.ts'
import { notePreview } from './preview.ts'

const { max } = noteLimits.preview

test.each([
  ['collapses whitespace', { title: 'List', body: '  Flour\r\n\n\tPears ' }, 'Flour Pears'],
  [
    'leaves out the first line if it is the title',
    { title: 'A plan', body: 'A  plan\nthen more' },
    'then more',
  ],
  ['is empty if the text is the title', { title: 'A plan', body: 'A plan' }, ''],
  [
    'reads the first 800 characters of the text',
    { title: 'Far', body: `${'\u{1F5DD}'.repeat(50)}${' '.repeat(749)}ab` },
    `${'\u{1F5DD}'.repeat(50)} a`,
  ],
  ['keeps a longer first word', { title: 'Plan', body: 'Planet' }, 'Planet'],
])('preview of a note: %s', (_name, note, preview) => {
  expect(notePreview(note)).toBe(preview)
})

test.each([
  ['letters', 'x', max],
  ['keys', '\u{1F5DD}', max],
  ['families', '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}', Math.floor(max / 8) * 8],
])('preview of a note: cuts between whole characters: %s', (_name, character, length) => {
  const preview = notePreview({ title: 'Long', body: character.repeat(20_000 / character.length) })
  expect(preview.length).toBe(length)
  expect(preview).toBe(character.repeat(length / character.length))
})
