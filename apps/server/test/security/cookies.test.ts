import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { ada } from '../support/brute-force.ts'
import { post } from '../support/raw-call.ts'

test('cookies: behind https both are for one host, Secure and HttpOnly', async () => {
  await using app = await testApp({ host: { publicUrl: 'https://accounts.example.org' } })
  const { headers } = await post(app.url, 'auth.signup', signupInput({ ...ada, remember: true }))
  const lines = headers.getSetCookie()
  expect(lines).toEqual([
    expect.stringMatching(/^__Host-session=/),
    expect.stringMatching(/^__Host-known-device=/),
  ])
  for (const line of lines) {
    expect(line.split('; ').slice(1).toSorted()).toEqual([
      'HttpOnly',
      expect.stringMatching(/^Max-Age=\d+$/),
      'Path=/',
      'SameSite=Lax',
      'Secure',
    ])
    expect(line.length).toBeLessThan(1_000)
  }
})

test('session tokens: each has its own 32 random bytes', async () => {
  await using app = await testApp()
  await post(app.url, 'auth.signup', signupInput(ada))
  const ids = new Set<string>()
  for (let count = 0; count < 20; count += 1) {
    const { cookies } = await post(app.url, 'auth.login', ada)
    const payload = Buffer.from(cookies[0]?.split('.')[1] ?? '', 'base64url').toString()
    const { jti } = JSON.parse(payload)
    expect(Buffer.from(jti, 'base64url')).toHaveLength(32)
    ids.add(jti)
  }
  expect(ids.size).toBe(20)
})
