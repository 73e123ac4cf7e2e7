import { describe, expect, test } from 'vitest'
import { NewPassword, PresentedPassword } from './password.ts'
import { searchKey, text } from './text.ts'

const sentences = (
  schema: { safeParse(value: unknown): { error?: { issues: { message: string }[] } | undefined } },
  value: unknown,
) => schema.safeParse(value).error?.issues.map(({ message }) => message)

describe('lengths are counted in code points', () => {
  test('eight emoji are a password of eight', () => {
    expect(NewPassword.parse('🔑'.repeat(8))).toBe('🔑'.repeat(8))
    expect(sentences(NewPassword, '🔑'.repeat(7))).toEqual(['Password is too short: at least 8 characters.'])
  })

  test('256 pass and 257 do not, whatever they are made of', () => {
    expect(NewPassword.safeParse('🔑'.repeat(256)).success).toBe(true)
    expect(sentences(NewPassword, '🔑'.repeat(257))).toEqual([
      'Password is too long: at most 256 characters.',
    ])
    expect(sentences(NewPassword, 'a'.repeat(10_000_000))).toEqual([
      'Password is too long: at most 256 characters.',
    ])
  })
})

describe('a password is taken as it is', () => {
  test('spaces stay', () => {
    expect(NewPassword.parse('  spaces  ')).toBe('  spaces  ')
  })

  test.each(['half a pair \ud83d', 'a NUL \0 inside'])('%j cannot be stored faithfully', (password) => {
    expect(sentences(NewPassword, password)).toEqual(['Password contains characters that are not allowed.'])
  })

  test('one offered as proof may be short, not empty', () => {
    expect(PresentedPassword.parse('x')).toBe('x')
    expect(sentences(PresentedPassword, '')).toEqual(['Enter a password.'])
  })
})

test('what is missing and what is no text are told apart', () => {
  expect(sentences(text('Title', { max: 5 }), undefined)).toEqual(['Title is missing.'])
  expect(sentences(text('Title', { max: 5 }), 5)).toEqual(['Title must be text.'])
})

describe('the search key of a text', () => {
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
  ])('%s is that of %s', (one, other) => {
    expect(searchKey(one)).toBe(searchKey(other))
  })

  test('has at most three times the bytes of the text, and is its own key, for every character', () => {
    const wrong: string[] = []
    // Beyond them no character has another form or case.
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
