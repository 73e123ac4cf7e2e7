import { RecoveryCode, recoveryCodeAlphabet } from '@app/contract'
import { expect, test } from 'vitest'
import { createRecoveryCodes, showRecoveryCode } from './codes.ts'
import { recoveryCodeHash } from './recovery-code-hash.ts'

test('recovery codes: a set has ten different codes in six groups of four', () => {
  const codes = createRecoveryCodes()
  expect(codes).toHaveLength(10)
  expect(new Set([...codes, ...createRecoveryCodes()]).size).toBe(20)
  for (const code of codes) {
    const shown = showRecoveryCode(code)
    expect(shown).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(RecoveryCode.parse(shown)).toBe(code)
    expect(RecoveryCode.parse(shown.toLowerCase())).toBe(code)
  }
})

test('recovery codes: every character of the alphabet is about as frequent as the others', () => {
  const counts = new Map<string, number>()
  for (let sets = 0; sets < 200; sets += 1) {
    for (const character of createRecoveryCodes().join('')) {
      counts.set(character, (counts.get(character) ?? 0) + 1)
    }
  }
  // 1,500 expected of each, with a standard deviation of 38.
  expect([...counts.keys()].toSorted().join('')).toBe(recoveryCodeAlphabet)
  for (const count of counts.values()) expect(Math.abs(count - 1_500)).toBeLessThan(300)
})

test('recovery codes: the stored hash does not change', () => {
  expect(recoveryCodeHash('0123456789ABCDEFGHJKMNPQ')).toBe('1dq4-0vZ47h4qSbv91-Riwg9dNNrC5seCyvgxk7HJF0')
})
