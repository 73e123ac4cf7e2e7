import { describe, expect, test } from 'vitest'
import { TypeAhead } from './type-ahead.ts'

const names = ['All', 'Failed log-in', 'Log-in', 'Log-out', 'Passkey added', 'Passkey removed']

describe('type-ahead', () => {
  test('the same key moves through the options that begin with it, and around', () => {
    const typeAhead = new TypeAhead()
    expect(typeAhead.find('l', 0, names, 0)).toBe(2)
    expect(typeAhead.find('L', 100, names, 2)).toBe(3)
    expect(typeAhead.find('l', 200, names, 3)).toBe(2)
  })

  test('several keys are a word, with spaces, and keep the option that still fits', () => {
    const typeAhead = new TypeAhead()
    let active = 0
    let now = 0
    for (const key of 'passkey r') active = typeAhead.find(key, (now += 100), names, active) ?? active
    expect(active).toBe(5)
    expect(typeAhead.isTyping(now + 499)).toBe(true)
    expect(typeAhead.isTyping(now + 500)).toBe(false)
  })

  test('a key after a pause, or after a reset, begins a new word', () => {
    const typeAhead = new TypeAhead()
    expect(typeAhead.find('p', 0, names, 0)).toBe(4)
    expect(typeAhead.find('f', 600, names, 4)).toBe(1)
    typeAhead.reset()
    expect(typeAhead.find('l', 700, names, 1)).toBe(2)
  })

  test('without a match there is no option', () => {
    expect(new TypeAhead().find('x', 0, names, 2)).toBeUndefined()
  })
})
