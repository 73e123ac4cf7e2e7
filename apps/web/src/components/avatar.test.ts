import { expect, test, vi } from 'vitest'
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

test('avatar: a name in ASCII does not create the slow Intl.Segmenter, nor does the import', async () => {
  const segmenter = vi.spyOn(Intl, 'Segmenter')
  vi.resetModules()
  const avatar = await import('./avatar.tsx')
  expect(avatar.initials('(Grace) Brewster-Murray "Hopper"')).toBe('GH')
  expect(segmenter).not.toHaveBeenCalled()
  expect(avatar.initials('élodie')).toBe('É')
  expect(segmenter).toHaveBeenCalledOnce()
})
