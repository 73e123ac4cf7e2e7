import { describe, expect, test } from 'vitest'
import { DisplayName } from './display-name.ts'

const sentences = (name: string) => DisplayName.safeParse(name).error?.issues.map(({ message }) => message)

const cannotBeSeen = ['Name contains characters that cannot be seen. Type it instead of pasting it.']
const nothingToSee = ['Name must contain characters that can be seen.']
const piledUp = ['Name has too many accents or marks on one character, or none to put them on.']

test('display name: is one trimmed line', () => {
  expect(DisplayName.parse('  Ada Lovelace ')).toBe('Ada Lovelace')
  expect(sentences('   ')).toEqual(['Enter a name.'])
  expect(sentences('\u00A0\u3000')).toEqual(['Enter a name.'])
  expect(sentences('Ada\nLovelace')).toEqual(['Name must be a single line.'])
  expect(sentences('Ada\u2028Lovelace')).toEqual(['Name must be a single line.'])
})

describe('invisible display names', () => {
  test.each([
    ['a zero-width space', '\u200B'],
    ['joiners alone', '\u200D\u200C'],
    ['a word joiner', '\u2060'],
    ['a byte order mark in the middle', 'Ada\uFEFFLovelace'],
    ['a soft hyphen', 'A\u00ADda'],
    ['a joiner between Latin letters', 'Ad\u200Da'],
    ['a joiner between Cyrillic letters', 'А\u200Cда'],
    ['a joiner at the end', 'می\u200C'],
    ['Hangul fillers', '\u3164\u115F\u1160\uFFA0'],
    ['tags', '\u{E0041}\u{E0064}\u{E0061}'],
    ['a variation selector after a letter', 'A\uFE0F'],
    ['a private character', '\uE000'],
    ['a code point without a character', '\u0378'],
    ['an invisible operator', 'x\u2062'],
    ['a combining grapheme joiner', 'A\u034F'],
  ])('display name: rejects %s', (_what, name) => {
    expect(sentences(name)).toEqual(cannotBeSeen)
  })

  test.each([
    ['a mark', '\u0301'],
    ['a Braille blank', '\u2800 \u2800'],
    ['an object replacement character', '\uFFFC'],
    ['a note without a head', '\u{1D159}'],
  ])('display name: rejects %s alone', (_what, name) => {
    expect(sentences(name)).toEqual(nothingToSee)
  })
})

test.each(['\u202E', '\u202A', '\u2066', '\u2069', '\u200E', '\u200F', '\u061C'])(
  'display name: rejects %j, which changes the direction of text',
  (control) => {
    expect(sentences(`Ada${control}nimda`)).toEqual(cannotBeSeen)
  },
)

test.each([
  ['many marks', `A${'\u0301\u0302\u0303\u0304\u0305'}`],
  ['the same mark again and again', 'A\u0336\u0336'],
  ['marks on a composed letter', 'ế\u0303\u0304\u0305'],
  ['a mark on a space', 'Ada \u0301'],
  ['rings around a letter', 'A\u20DD\u20DD'],
])('display name: rejects %s', (_what, name) => {
  expect(sentences(name)).toEqual(piledUp)
})

test.each([
  'Ada Lovelace',
  'José Núñez',
  'Nguyễn Thị Minh Khai',
  'Nguyễn Thị'.normalize('NFD'),
  'Zoë Ångström',
  "O'Connor-Smith, Jr.",
  'محمد حسنی',
  'می\u200Cخواهم',
  'مُحَمَّدٌ',
  'שָׁלוֹם',
  'कर्ण क्\u200Dष',
  'ශ්\u200Dරී',
  'สมชาย ใจดีที่สุด',
  'မြန်မာနိုင်ငံ',
  'བསྒྲུབས་པ',
  '葛\u{E0100}城 花子',
  '김철수',
  'Ελένη',
  'Ömer İnönü',
  'Æsop 3',
  '👩\u200D👩\u200D👧 family',
  '🏳️\u200D🌈',
  '❤️',
  '1️⃣',
  '.',
])('display name: accepts %s', (name) => {
  expect(sentences(name)).toBeUndefined()
  expect(DisplayName.parse(name)).toBe(name)
})
