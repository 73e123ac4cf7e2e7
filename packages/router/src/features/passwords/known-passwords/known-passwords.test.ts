import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { keyBytes } from './known-password-key.ts'
import { createKnownPasswords, knownPasswordsFile } from './known-passwords.ts'

const knownPasswords = createKnownPasswords()

test('known passwords: the file is the one that its license describes', () => {
  const license = readFileSync(new URL('LICENSE.md', knownPasswordsFile), 'utf8')
  const bytes = readFileSync(knownPasswordsFile)
  expect(license).toContain(`\`${hash('sha256', bytes)}\``)
  expect(license).toContain(`${(bytes.length / keyBytes).toLocaleString('en-US')} entries`)
})

test('known passwords: the entries are sorted, and none occurs twice', () => {
  const bytes = readFileSync(knownPasswordsFile)
  let [last, unsorted] = [-1, 0]
  for (let offset = 0; offset < bytes.length; offset += keyBytes) {
    const key = bytes.readUIntBE(offset, keyBytes)
    if (key <= last) unsorted += 1
    last = key
  }
  expect(unsorted).toBe(0)
})

test.each(['password', 'PassWord', 'trustno1', 'qwer1234asdf', 'liverpool1'])(
  'known passwords: has %s',
  (password) => {
    expect(knownPasswords.has(password)).toBe(true)
  },
)

test('known passwords: has none of 20,000 numbered sentences', () => {
  const sentences = Array.from({ length: 20_000 }, (_, index) => `no list has sentence ${index}`)
  expect(sentences.filter((sentence) => knownPasswords.has(sentence))).toEqual([])
})
