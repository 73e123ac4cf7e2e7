import { describe, expect, test } from 'vitest'
import { NewPassword, PresentedPassword } from './password.ts'
import { searchKey, text } from './text.ts'

const sentences = (
  schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } | undefined } },
  value: unknown,
) => schema.safeParse(value).error?.issues.map(({ message }) => message)

describe('lengths', () => {
  test('text length: eight emoji are a password of eight characters', () => {
    expect(NewPassword.parse('🔑'.repeat(8))).toBe('🔑'.repeat(8))
    expect(sentences(NewPassword, '🔑'.repeat(7))).toEqual(['Password is too short: at least 8 characters.'])
  })

  test('text length: accepts 256 code points and rejects 257, emoji or letters', () => {
    expect(NewPassword.safeParse('🔑'.repeat(256)).success).toBe(true)
    expect(sentences(NewPassword, '🔑'.repeat(257))).toEqual([
      'Password is too long: at most 256 characters.',
    ])
    expect(sentences(NewPassword, 'a'.repeat(10_000_000))).toEqual([
      'Password is too long: at most 256 characters.',
    ])
  })
})

describe('passwords', () => {
  test('new password: keeps spaces', () => {
    expect(NewPassword.parse('  spaces  ')).toBe('  spaces  ')
  })

  test.each(['half a pair \ud83d', 'a NUL \0 inside'])(
    'new password: rejects %j, which cannot be stored unchanged',
    (password) => {
      expect(sentences(NewPassword, password)).toEqual(['Password contains characters that are not allowed.'])
    },
  )

  test('presented password: may be short, but not empty', () => {
    expect(PresentedPassword.parse('x')).toBe('x')
    expect(sentences(PresentedPassword, '')).toEqual(['Enter a password.'])
  })
})

test('text: has different messages for a missing value and a wrong type', () => {
  expect(sentences(text('Title', { max: 5 }), undefined)).toEqual(['Title is missing.'])
  expect(sentences(text('Title', { max: 5 }), 5)).toEqual(['Title must be text.'])
})

describe('search keys', () => {
  test.each([
    ['ＡＤＡ', 'ada'],
    ['E\u0301', 'é'],
    ['İSTANBUL', 'istanbul'],
    ['ISPARTA', 'ısparta'],
    ['Straße', 'STRASSE'],
    ['STRAẞE', 'strasse'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'οδος'],
    ['ﬁnance oﬃce', 'Finance Office'],
    ['ᾳ', 'ΑΙ'],
  ])('search key: %s and %s have the same', (one, other) => {
    expect(searchKey(one)).toBe(searchKey(other))
  })

  test('search key: has at most three times the bytes, and is its own key, for every character', () => {
    const wrong: string[] = []
    // No later character has another form or case.
    for (let code = 1; code < 0x2_fa_20; code += 1) {
      const character = String.fromCodePoint(code)
      if (!character.isWellFormed() || /\p{Unassigned}|\p{Ideographic}/u.test(character)) continue
      const key = searchKey(character)
      const isBounded = utf8Bytes(key) <= 3 * utf8Bytes(character)
      if (!isBounded || searchKey(key) !== key) wrong.push(code.toString(16))
    }
    expect(wrong).toEqual([])
  })
})

function utf8Bytes(value: string): number {
  return new TextEncoder().encode(value).length
}
