import { expect, test } from 'vitest'
import { initials } from './avatar.tsx'

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['grace.brewster-murray_hopper', 'GH'],
  ['  Ada   of the Hill ', 'AH'],
  ['أحمد علي', 'أع'],
  ['王小明', '王'],
  ['👩‍🚀 Sally', '👩‍🚀S'],
  ['élodie É', 'ÉÉ'],
  ['שלום (2)', 'ש2'],
  ['...', '.'],
])('avatar: the initials of %j are %j', (name, expected) => {
  expect(initials(name)).toBe(expected)
})
