import { rateLimits } from '@latchkey/contract'
import { describe, expect, test } from 'vitest'

import { addressKey, createRateLimits } from './rate-limits.ts'

test('the allowance is used up exactly, one key at a time', async () => {
  const limits = createRateLimits(1)
  const { points } = rateLimits.loginFailuresPerAddress
  for (let count = 0; count < points; count += 1) {
    expect(await limits.closedForSeconds('loginFailuresPerAddress', 'a')).toBe(0)
    expect(await limits.consume('loginFailuresPerAddress', 'a')).toBe(0)
  }
  expect(await limits.closedForSeconds('loginFailuresPerAddress', 'a')).toBeGreaterThan(0)
  expect(await limits.consume('loginFailuresPerAddress', 'a')).toBeGreaterThan(0)
  expect(await limits.consume('loginFailuresPerAddress', 'b')).toBe(0)
  expect(await limits.consume('signupsPerAddress', 'a')).toBe(0)
})

describe('an address', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:0db8:0001:0002'],
    ['2001:DB8:1:2::1', '2001:0db8:0001:0002'],
    ['2001:db8::1', '2001:0db8:0000:0000'],
    ['fe80::1%eth0', 'fe80:0000:0000:0000'],
    ['::1', '0000:0000:0000:0000'],
    [null, 'unknown'],
  ])('%s is counted as %s', (ip, key) => {
    expect(addressKey(ip)).toBe(key)
  })
})
