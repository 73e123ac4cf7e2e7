import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { isInstalled } from '../../testing/index.ts'
import { findTimeStep } from './code.ts'
import { createTotpSecret, totpUri } from './secret.ts'

/** The secret of the test vectors of RFC 6238 B in base32: the ASCII text 12345678901234567890. */
const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'

/** Six digits: RFC 6238 B has eight, and truncation keeps the last ones. */
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('totp: agrees with RFC 6238 at second %d', async (second, code) => {
  const step = Math.floor(second / 30)
  expect(await findTimeStep({ secret: rfcSecret, code, now: second * 1_000 })).toBe(step)
})

test('totp: accepts a code one step early and one step late, and not a millisecond more', async () => {
  const step = Math.floor(1_234_567_890 / 30)
  const at = (seconds: number) => findTimeStep({ secret: rfcSecret, code: '005924', now: seconds * 1_000 })
  expect(await at((step - 1) * 30)).toBe(step)
  expect(await at((step + 2) * 30 - 0.001)).toBe(step)
  expect(await at((step - 1) * 30 - 0.001)).toBeNull()
  expect(await at((step + 2) * 30)).toBeNull()
})

test.each([
  [''],
  ['28708'],
  ['2870822'],
  ['２８７０８２'],
  ['287 082'],
  ['28708a'],
  ['-28708'],
  ['287082\n'],
  ['\0'],
])('totp: returns null for %j and does not throw', async (code) => {
  expect(await findTimeStep({ secret: rfcSecret, code, now: 59_000 })).toBeNull()
})

test('totp: the code of another secret is wrong', async () => {
  const now = 1_700_000_000_000
  const [own, other] = [await createTotpSecret(), await createTotpSecret()]
  expect(own).toMatch(/^[A-Z2-7]{32}$/)
  expect(other).not.toBe(own)
  const { generateSync } = await import('otplib')
  const code = generateSync({ secret: own, epoch: now / 1_000 })
  expect(await findTimeStep({ secret: own, code, now })).toBe(Math.floor(now / 30_000))
  expect(await findTimeStep({ secret: other, code, now })).toBeNull()
})

test('totp: the address has issuer, user name and secret, and no defaults', async () => {
  const uri = new URL(await totpUri({ secret: rfcSecret, username: 'ada.l' }))
  expect(uri.protocol + uri.host).toBe('otpauth:totp')
  expect(decodeURIComponent(uri.pathname)).toMatch(/^\/[^:]+:ada\.l$/)
  expect([...uri.searchParams.keys()].toSorted()).toEqual(['issuer', 'secret'])
  expect(uri.searchParams.get('secret')).toBe(rfcSecret)
})

test.skipIf(!isInstalled('oathtool'))(
  'totp: agrees with oathtool in 40 random cases (skipped where oathtool is not installed)',
  async () => {
    for (let turn = 0; turn < 40; turn += 1) {
      const secret = await createTotpSecret()
      const second = Math.floor(Math.random() * 4_000_000_000)
      const oath = spawnSync('oathtool', ['--totp', '-b', secret, '--now', `@${second}`], {
        encoding: 'utf8',
      })
      const found = await findTimeStep({ secret, code: oath.stdout.trim(), now: second * 1_000 })
      expect([secret, second, found]).toEqual([secret, second, Math.floor(second / 30)])
    }
  },
)
