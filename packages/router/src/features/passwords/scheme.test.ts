import { createHmac } from 'node:crypto'
import bcrypt from 'bcrypt'
import { describe, expect, test } from 'vitest'
import type { Hasher } from './hasher.ts'
import { createPasswordScheme } from './scheme.ts'

const plain: Hasher = {
  hash: (text, cost) => bcrypt.hash(text, cost),
  compare: (text, hash) => bcrypt.compare(text, hash),
}
const scheme = createPasswordScheme(4, plain)

test('password scheme: distinguishes passwords that differ only after byte 72', async () => {
  const stored = await scheme.hash('🔑'.repeat(40) + 'a')
  expect(await scheme.matches('🔑'.repeat(40) + 'a', stored)).toBe(true)
  expect(await scheme.matches('🔑'.repeat(40) + 'b', stored)).toBe(false)
})

test('password scheme: treats composed and decomposed letters as equal', async () => {
  const stored = await scheme.hash('cr\u00e8me br\u00fbl\u00e9e')
  expect(await scheme.matches('cre\u0300me bru\u0302le\u0301e', stored)).toBe(true)
})

test('password scheme: spaces and case are significant', async () => {
  const stored = await scheme.hash(' Correct horse ')
  expect(await scheme.matches('Correct horse', stored)).toBe(false)
  expect(await scheme.matches(' correct horse ', stored)).toBe(false)
})

test('password scheme: stores the same password differently each time, with its scheme and cost', async () => {
  const stored = [await scheme.hash('correct horse'), await scheme.hash('correct horse')]
  expect(stored[0]).not.toBe(stored[1])
  for (const one of stored) expect(one).toMatch(/^hs384-bcrypt:\$2b\$04\$.{53}$/)
})

// Computed here and not by the code under test, so that a weaker function is noticed (ASVS 5.0 11.4.1,
// 11.4.2).
test('password scheme: stores bcrypt over an HMAC-SHA-384 of the password', async () => {
  const stored = await scheme.hash('correct horse')
  const prehash = createHmac('sha384', 'accounts/password/v1').update('correct horse').digest('base64')
  expect(await bcrypt.compare(prehash, stored.replace('hs384-bcrypt:', ''))).toBe(true)
})

test('password scheme: a hash of another cost is outdated', async () => {
  const stored = await scheme.hash('correct horse')
  expect(scheme.isOutdated(stored)).toBe(false)
  expect(createPasswordScheme(5, plain).isOutdated(stored)).toBe(true)
})

test('password scheme: a hash of another scheme matches no password', async () => {
  const stored = await scheme.hash('correct horse')
  expect(await scheme.matches('correct horse', stored.replace('hs384-bcrypt:', 'plain:'))).toBe(false)
  expect(await scheme.matches('correct horse', '')).toBe(false)
})

test('password scheme: the dummy has the form of a real hash, so bcrypt does the full work', async () => {
  expect(scheme.dummy).toMatch(/^hs384-bcrypt:\$2b\$04\$[./A-Za-z0-9]{53}$/)
  expect(scheme.dummy).not.toBe(createPasswordScheme(4, plain).dummy)
  expect(await scheme.matches('correct horse', scheme.dummy)).toBe(false)
})

describe('a comparison costs the same rounds for every stored hash', () => {
  /** Counts the rounds of bcrypt instead of running it. */
  function counting() {
    const costs: number[] = []
    let questions = 0
    const hasher: Hasher = {
      hash: async (_text, cost) => `$2b$${String(cost).padStart(2, '0')}$${'.'.repeat(53)}`,
      compare: async (_text, ...[hash, paddingHashes = []]) => {
        questions += 1
        for (const each of [hash, ...paddingHashes])
          costs.push(Number(/^\$2b\$(\d\d)\$[./A-Za-z0-9]{53}$/.exec(each)?.[1]))
        return false
      },
    }
    const rounds = () => costs.splice(0).reduce((sum, cost) => sum + 2 ** cost, 0)
    return { hasher, rounds, questions: () => questions }
  }
  const storedAt = (cost: number, hasher: Hasher) => createPasswordScheme(cost, hasher).hash('correct horse')

  test.each([4, 10, 11, 12])(
    'password scheme: compares a hash of cost %i at the raised cost 12',
    async (cost) => {
      const { hasher, rounds, questions } = counting()
      const raised = createPasswordScheme(12, hasher)
      await raised.matches('correct horse', raised.dummy)
      expect(rounds()).toBe(2 ** 12)
      await raised.matches('correct horse', await storedAt(cost, hasher))
      expect(rounds()).toBe(2 ** 12)
      expect(questions(), 'each comparison asks a worker once').toBe(2)
    },
  )

  test('password scheme: compares at the cost of the first old hash after the cost was lowered', async () => {
    const { hasher, rounds } = counting()
    const lowered = createPasswordScheme(10, hasher)
    await lowered.matches('correct horse', await storedAt(12, hasher))
    expect(rounds()).toBe(2 ** 12)
    for (const stored of [lowered.dummy, await storedAt(10, hasher), await storedAt(11, hasher)]) {
      await lowered.matches('correct horse', stored)
      expect(rounds()).toBe(2 ** 12)
    }
  })

  test.each(['', 'plain:correct horse', 'hs384-bcrypt:', 'hs384-bcrypt:$2b$99$none'])(
    'password scheme: compares %j, which is no stored hash, at the full cost',
    async (stored) => {
      const { hasher, rounds } = counting()
      expect(await createPasswordScheme(12, hasher).matches('correct horse', stored)).toBe(false)
      expect(rounds()).toBe(2 ** 12)
    },
  )

  test('password scheme: a right password matches at any cost', async () => {
    const stored = await scheme.hash('correct horse')
    const raised = createPasswordScheme(7, plain)
    expect(await raised.matches('correct horse', stored)).toBe(true)
    expect(await raised.matches('wrong horse', stored)).toBe(false)
    expect(await scheme.matches('correct horse', await raised.hash('correct horse'))).toBe(true)
  })
})
