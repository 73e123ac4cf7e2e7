import { describe, expect, test } from 'vitest'
import { createSealer } from './seal.ts'

const secret = 'a secret of at least 32 bytes, as set by an operator'
const older = 'an older secret of at least 32 bytes, still in use'

describe('seal', () => {
  test('opens what it sealed, in the same context only', () => {
    const sealer = createSealer([secret], 'outbox')
    const sealed = sealer.seal('text ü', ['row-1'])
    expect(sealer.open(sealed, ['row-1'])).toBe('text ü')
    expect(sealer.open(sealed, ['row-2'])).toBeNull()
    expect(sealer.open(sealed, ['row', '-1'])).toBeNull()
  })

  test('refuses every altered, shortened or extended text', () => {
    const sealer = createSealer([secret], 'outbox')
    const sealed = sealer.seal('text', ['row'])
    const body = sealed.lastIndexOf('.') + 1
    const bytes = Buffer.from(sealed.slice(body), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const altered = Buffer.from(bytes)
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(sealer.open(sealed.slice(0, body) + altered.toString('base64url'), ['row'])).toBeNull()
    }
    for (let length = 0; length < bytes.length; length += 1) {
      const shorter = sealed.slice(0, body) + bytes.subarray(0, length).toString('base64url')
      expect(sealer.open(shorter, ['row'])).toBeNull()
    }
    expect(sealer.open(`${sealed}.x`, ['row'])).toBeNull()
    expect(sealer.open(sealed.replace('v1.', 'v2.'), ['row'])).toBeNull()
  })

  test('uses a new nonce for each text', () => {
    const sealer = createSealer([secret], 'outbox')
    const nonces = Array.from({ length: 1_000 }, () => {
      const sealed = sealer.seal('text', ['row'])
      return Buffer.from(sealed.slice(sealed.lastIndexOf('.') + 1), 'base64url').toString('hex', 0, 12)
    })
    expect(new Set(nonces).size).toBe(1_000)
  })

  test('opens texts of an older secret, and none of a dropped one', () => {
    const sealed = createSealer([older], 'outbox').seal('text', ['row'])
    expect(createSealer([secret, older], 'outbox').open(sealed, ['row'])).toBe('text')
    expect(createSealer([secret], 'outbox').open(sealed, ['row'])).toBeNull()
  })
})
