import { describe, expect, test } from 'vitest'
import { NewPassword, PresentedPassword } from './password.ts'
import { manyMarks } from './testing/long-texts.ts'
import { recordTextWork } from './testing/record-text-work.ts'
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
  /** The most marks with which every spelling has the same key. */
  const marks = '\u0301'.repeat(30)
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
    [`a${marks}`, `a${marks}`.normalize('NFC')],
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

  test.each([
    ['marks in the worst order', manyMarks(20_000)],
    ['marks that become two', `a${'\u0344'.repeat(10_000)}${'\u0323'.repeat(10_000)}`],
    ['letters that become marks', `a${'\u0301'.repeat(10_000)}${'\uff9e'.repeat(10_000)}`],
    ['marks between characters that are not folded', `${manyMarks(60)}\ufdfa`.repeat(330)],
    ['marks in lower case only', `ΐ${'\u0307'.repeat(29)}\u0323`.repeat(600)],
  ])('search key: normalises at most 64 marks in a row: %s', (_name, value) => {
    using work = recordTextWork()
    const key = searchKey(value)
    const normalized = work.calls.filter(({ name }) => name === 'normalize')
    expect(Math.max(...normalized.map(({ marks }) => marks))).toBeLessThanOrEqual(64)
    expect(normalized.length).toBeLessThanOrEqual(4)
    expect(utf8Bytes(key)).toBeLessThanOrEqual(3 * utf8Bytes(value))
    expect(searchKey(key)).toBe(key)
  })

  test('search key: leaves out marks after the 30th wherever their row begins, and keeps 30', () => {
    for (let offset = 0; offset < 70; offset += 1) {
      const before = 'b'.repeat(offset)
      const kept = `${before}a${'\u0323'.repeat(30)}`
      expect(searchKey(`${kept}\u0323`)).toBe(searchKey(kept))
      expect(searchKey(`${before}a${'\u{1e944}'.repeat(31)}`)).toHaveLength(offset + 1 + 2 * 30)
    }
  })

  test.each([
    ['ΟΔΟΣ', 'ΑΒΓ'],
    ['i', '\u0307\u0323'],
    [`a${'\u0301'.repeat(20)}`, '\u0301'.repeat(20)],
    ['\ufdfa', 'ﬁ\ufdfb'],
    ['', ''],
  ])('search key: that of two lines is made of the keys of both: %j, %j', (one, other) => {
    expect(searchKey(`${one}\n${other}`)).toBe(`${searchKey(one)}\n${searchKey(other)}`)
  })

  test('search key: bounds the marks of every character that is sorted when it is normalised', () => {
    const wrong: string[] = []
    for (let code = 1; code < 0x11_00_00; code += 1) {
      const character = String.fromCodePoint(code)
      if (!character.isWellFormed() || !isSorted(character)) continue
      if (searchKey(`a${character.repeat(99)}`).length > 130) wrong.push(code.toString(16))
    }
    expect(wrong).toEqual([])
  })

  test('search key: keeps characters that are not folded, and folds those between them', () => {
    expect(searchKey('A\ufdfaB\u3300\0İ\ufdfa')).toBe('a\ufdfab\u3300\0i\ufdfa')
    expect(searchKey('Σ\ufdfaΣ')).toBe('σ\ufdfaσ')
  })
})

/** Checks whether the first character of the canonical form changes places with a mark: it is one too. */
function isSorted(character: string): boolean {
  const [first = ''] = character.normalize('NFKD')
  const [low, high] = ['\u0334', '\u0301']
  return (first + low).normalize('NFD').startsWith(low) || (high + first).normalize('NFD').endsWith(high)
}

function utf8Bytes(value: string): number {
  return new TextEncoder().encode(value).length
}
