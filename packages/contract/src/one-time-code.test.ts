import { expect, test } from 'vitest'
import { OneTimeCode } from './one-time-code.ts'

test.each([
  ['123456'],
  ['123 456'],
  [' 123456\n'],
  ['123-456'],
  ['123\u00a0456'],
  ['１２３４５６'],
  ['１２３\u3000４５６'],
  ['\u200b123\u2060456\ufeff'],
  ['123\u2011456'],
])('one-time code: reads %j as 123456', (typed) => {
  expect(OneTimeCode.parse(typed)).toBe('123456')
})

test.each([
  [''],
  ['      '],
  ['12345'],
  ['1234567'],
  ['12345a'],
  ['12345.'],
  ['+12345'],
  ['1e4567'],
  ['٠١٢٣٤٥'],
  ['123456\0'],
  ['12345\ud800'],
  [`${' '.repeat(59)}123456`],
  [123_456],
  [null],
  [['123456']],
  [undefined],
])('one-time code: rejects %j with one sentence', (typed) => {
  expect(OneTimeCode.safeParse(typed).error?.issues).toMatchObject([
    { message: 'Enter the six digits that your authenticator app shows.' },
  ])
})
