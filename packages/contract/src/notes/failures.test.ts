import { expect, test } from 'vitest'
import { noteFailures } from './failures.ts'

test('failures of notes: keep their names and status', () => {
  expect(Object.entries(noteFailures).map(([reason, { status }]) => `${reason} ${status}`)).toEqual([
    'TOO_MANY_NOTES 409',
    'NOTE_CHANGED 409',
  ])
})
