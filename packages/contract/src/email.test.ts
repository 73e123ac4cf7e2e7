import { describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { Email } from './email.ts'
import { searchKey } from './text.ts'
import { normalizeLoginName } from './username.ts'

const longLocal = 'a'.repeat(64)
const longLabel = 'b'.repeat(63)

/** Typed, then stored. */
const accepted: readonly [string, string][] = [
  ['ada@example.org', 'ada@example.org'],
  ['ada+tag@example.org', 'ada+tag@example.org'],
  ["o'brien@example.org", "o'brien@example.org"],
  ['-ada@example.org', '-ada@example.org'],
  ['ada.b@mail.example.org', 'ada.b@mail.example.org'],
  ['ada_b-c@my-example.org', 'ada_b-c@my-example.org'],
  ['1@2.example.org', '1@2.example.org'],
  // Only the domain is without case: the mail server of the domain decides about the rest.
  ['Ada@Example.ORG', 'Ada@example.org'],
  [' ada@example.org ', 'ada@example.org'],
  ['ada@example.org\n', 'ada@example.org'],
  [`${longLocal}@example.org`, `${longLocal}@example.org`],
  [`ada@${longLabel}.org`, `ada@${longLabel}.org`],
  ['ada@exämple.org', 'ada@xn--exmple-cua.org'],
  ['ada@exa\u0308mple.org', 'ada@xn--exmple-cua.org'],
  ['ada@EXÄMPLE.org', 'ada@xn--exmple-cua.org'],
  ['ada@xn--exmple-cua.org', 'ada@xn--exmple-cua.org'],
  ['ada@münchen.de', 'ada@xn--mnchen-3ya.de'],
  ['ada@faß.de', 'ada@xn--fa-hia.de'],
  ['ada@ex\u0430mple.org', 'ada@xn--exmple-4nf.org'],
  ['ada@例え.jp', 'ada@xn--r8jz45g.jp'],
  // The Kelvin sign is a K.
  ['\u212Aate@example.org', 'Kate@example.org'],
]

const rejected: readonly string[] = [
  '',
  'ada',
  '@example.org',
  'ada@',
  'ada@@example.org',
  'a@b@example.org',
  'ada..b@example.org',
  '.ada@example.org',
  'ada.@example.org',
  'a/b=c@example.org',
  '!#$%&*@example.org',
  '"a b"@example.org',
  'a b@example.org',
  'ada@localhost',
  'ada@example',
  'ada@127.0.0.1',
  'ada@[127.0.0.1]',
  'ada@0x7f.1',
  'ada@2130706433',
  'ada@example.123',
  'ada@example.org:25',
  'ada@ex%61mple.org',
  'ada@example.org/..',
  'ada@example.org?x',
  'ada@example.org#x',
  'ada@example..org',
  'ada@.example.org',
  'ada@example.org.',
  'ada@example-.org',
  'ada@-example.org',
  'ada@exa_mple.org',
  `${longLocal}a@example.org`,
  `ada@${longLabel}b.org`,
  `ada@${'ä'.repeat(63)}.org`,
  'ada@example。org',
  'ada＠example.org',
  'ada@exa\u200Dmple.org',
  'ada@exa\u00ADmple.org',
  'ada@ⓔxample.org',
  'ädä@example.org',
  '\u0430da@example.org',
  'ada\u017F@example.org',
  'a\u200Bda@example.org',
  '\u202Eada@example.org',
  'ada🗝@example.org',
  'ada\0@example.org',
  'ada@example.org\0',
  'ada@exam\nple.org',
  'ada@example.org\r\nBcc: eve@example.net',
  'ada@example.org, eve@example.net',
  'Ada <ada@example.org>',
  '<ada@example.org>',
  'ada(comment)@example.org',
  'friends: ada@example.org;',
]

describe('email', () => {
  test.each(accepted)('email: %j is stored as %j', (typed, stored) => {
    expect(Email.parse(typed)).toBe(stored)
    expect(Email.parse(stored)).toBe(stored)
    // Nothing but ASCII is left, so lower case is all that a comparison needs.
    expect(searchKey(stored)).toBe(stored.toLowerCase())
    expect(normalizeLoginName(typed)).toBe(stored.toLowerCase())
  })

  test.each(rejected)('email: %j is rejected', (typed) => {
    expect(z.safeParse(Email, typed).success).toBe(false)
  })

  test('email: an address copied from one of our mails works', () => {
    expect(Email.parse('ada\u2060@\u2060example\u2060.org')).toBe('ada@example.org')
  })

  test('email: the limit of 254 characters applies to the stored form too', () => {
    const typed = `${longLocal}@${`${'ä'.repeat(20)}.`.repeat(7)}org`
    expect(typed.length).toBeLessThan(254)
    expect(Email.safeParse(typed).error?.issues.map(({ message }) => message)).toEqual([
      'Email is too long: at most 254 characters.',
    ])
  })

  test('email: 100,000 characters are rejected at once', () => {
    const startedAt = performance.now()
    for (const part of ['a', 'ä', '.', '@', 'a.', 'a@']) {
      expect(Email.safeParse(part.repeat(50_000)).success).toBe(false)
    }
    expect(performance.now() - startedAt).toBeLessThan(1_000)
  })
})
