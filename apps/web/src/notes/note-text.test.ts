import { expect, test } from 'vitest'
import { displayTitle, charactersUsed, toSave } from './note-text.ts'

test('note text: an untitled note is shown by its first line, cut to the limit of titles', () => {
  expect(displayTitle({ title: ' Plan ', body: 'Other' })).toBe('Plan')
  expect(displayTitle({ title: ' ', body: '\n\n  First  \r\nSecond' })).toBe('First')
  expect(displayTitle({ title: '', body: ' \n' })).toBe('')
  const keys = displayTitle({ title: '', body: '🔑'.repeat(500) })
  expect(keys).toBe('🔑'.repeat(200))
  expect(toSave({ title: '', body: '🔑'.repeat(500) })).toEqual({
    input: { title: keys, body: '🔑'.repeat(500) },
  })
})

test('note text: explains why a text cannot be saved, with the limits of the server', () => {
  expect(toSave({ title: '', body: ' \n' })).toEqual({
    problem: 'Not saved: a note needs a title or some text.',
  })
  expect(toSave({ title: '🔑'.repeat(201), body: '' })).toEqual({
    problem: 'Not saved: the title is 1 character too long.',
  })
  expect(toSave({ title: 'Keys', body: '🔑'.repeat(20_012) })).toEqual({
    problem: 'Not saved: the text is 12 characters too long.',
  })
  expect(toSave({ title: 'Keys', body: '\0' })).toHaveProperty('problem')
})

test('note text: shows limits only when they are near', () => {
  expect(charactersUsed({ title: 'x'.repeat(179), body: 'x'.repeat(17_999) })).toBeNull()
  expect(charactersUsed({ title: '🔑'.repeat(100), body: '' })).toBeNull()
  expect(charactersUsed({ title: 'x'.repeat(180), body: '' })).toBe('Title: 180 of 200 characters')
  expect(charactersUsed({ title: '', body: 'x'.repeat(20_001) })).toBe('Text: 20,001 of 20,000 characters')
})
