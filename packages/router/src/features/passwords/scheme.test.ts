import bcrypt from 'bcrypt'
import { expect, test } from 'vitest'

import { createPasswordScheme } from './scheme.ts'

const scheme = createPasswordScheme(4, bcrypt)

test('passwords that differ after byte 72 are different', async () => {
  const stored = await scheme.hash('🔑'.repeat(40) + 'a')
  expect(await scheme.matches('🔑'.repeat(40) + 'a', stored)).toBe(true)
  expect(await scheme.matches('🔑'.repeat(40) + 'b', stored)).toBe(false)
})

test('composed and decomposed letters are one password', async () => {
  const stored = await scheme.hash('cr\u00e8me br\u00fbl\u00e9e')
  expect(await scheme.matches('cre\u0300me bru\u0302le\u0301e', stored)).toBe(true)
})

test('spaces and case count', async () => {
  const stored = await scheme.hash(' Correct horse ')
  expect(await scheme.matches('Correct horse', stored)).toBe(false)
  expect(await scheme.matches(' correct horse ', stored)).toBe(false)
})

test('the same password is stored differently each time, and names its scheme and cost', async () => {
  const stored = [await scheme.hash('correct horse'), await scheme.hash('correct horse')]
  expect(stored[0]).not.toBe(stored[1])
  for (const one of stored) expect(one).toMatch(/^hs384-bcrypt:\$2b\$04\$.{53}$/)
})

test('a hash of another cost is outdated', async () => {
  const stored = await scheme.hash('correct horse')
  expect(scheme.isOutdated(stored)).toBe(false)
  expect(createPasswordScheme(5, bcrypt).isOutdated(stored)).toBe(true)
})

test('a hash of another scheme matches nothing', async () => {
  const stored = await scheme.hash('correct horse')
  expect(await scheme.matches('correct horse', stored.replace('hs384-bcrypt:', 'plain:'))).toBe(false)
  expect(await scheme.matches('correct horse', '')).toBe(false)
})

test('the dummy has the form of a real hash, so bcrypt does the whole work before it says no', async () => {
  expect(scheme.dummy).toMatch(/^hs384-bcrypt:\$2b\$04\$[./A-Za-z0-9]{53}$/)
  expect(scheme.dummy).not.toBe(createPasswordScheme(4, bcrypt).dummy)
  expect(await scheme.matches('correct horse', scheme.dummy)).toBe(false)
})
