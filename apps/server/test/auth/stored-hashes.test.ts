import { createHash } from 'node:crypto'
import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { post } from '../support/raw-call.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url')

// Computed here and not by the code under test, so that a weaker function fails the test (ASVS 5.0
// 11.4.1, 11.4.3).
test('stored hashes: session tokens and device cookies are stored only as SHA-256', async () => {
  await using app = await testApp()
  const { cookies } = await post(app.url, 'auth.signup', signupInput({}))
  const valueOf = (name: RegExp) => cookies.find((cookie) => name.test(cookie))?.split('=')[1] ?? ''
  const [, payload = ''] = valueOf(/^session/).split('.')
  const { jti } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { jti: string }

  const { db } = app.services
  const session = await db.read.selectFrom('sessions').selectAll().executeTakeFirstOrThrow()
  expect(session.token_hash).toBe(sha256(jti))
  const device = await db.read.selectFrom('known_devices').selectAll().executeTakeFirstOrThrow()
  expect(device.device_hash).toBe(sha256(valueOf(/^known-device/)))
  expect(JSON.stringify([session, device])).not.toContain(jti)
})
