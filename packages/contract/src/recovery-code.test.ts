import { expect, test } from 'vitest'
import { RecoveryCode, recoveryCodeAlphabet } from './recovery-code.ts'

const code = '0123456789ABCDEFGHJKMNPQ'

test.each([
  ['0123-4567-89AB-CDEF-GHJK-MNPQ'],
  ['0123456789abcdefghjkmnpq'],
  [' 0123 4567 89ab cdef ghjk mnpq\r\n'],
  ['0123–4567—89AB‑CDEF−GHJK\u00adMNPQ'],
  ['o123-4567-89AB-CDEF-GHJK-MNPQ'],
  ['OI23-4567-89AB-CDEF-GHJK-MNPQ'],
  ['Ol23-4567-89AB-CDEF-GHJK-MNPQ'],
  ['oL23-4567-89AB-CDEF-GHJK-MNPQ'],
  ['０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫＭＮＰＱ'],
  ['0123\u200b4567\u206089AB\ufeffCDEFGHJKMNPQ'],
])('recovery code: reads %j', (typed) => {
  expect(RecoveryCode.parse(typed)).toBe(code)
})

test('recovery code: accepts every character of the alphabet, as itself', () => {
  expect(new Set(recoveryCodeAlphabet).size).toBe(32)
  for (const character of recoveryCodeAlphabet) {
    expect(RecoveryCode.parse(character.repeat(24))).toBe(character.repeat(24))
  }
})

test.each([
  [''],
  ['-----'],
  [code.slice(1)],
  [`${code}0`],
  [code.replace('A', 'U')],
  [code.replace('A', '!')],
  [code.replace('A', 'Ä')],
  [code.replace('A', '\0')],
  [code.replace('A', '\ud800')],
  [`${code}${' '.repeat(177)}`],
  [24],
  [null],
  [[code]],
  [undefined],
])('recovery code: rejects %j with one sentence', (typed) => {
  expect(RecoveryCode.safeParse(typed).error?.issues).toMatchObject([
    { message: 'Enter one whole recovery code: six groups of four letters and digits.' },
  ])
})
