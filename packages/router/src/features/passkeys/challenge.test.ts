import { expect, test } from 'vitest'
import { requestCookies } from '../../http/cookies.ts'
import { challengeLifetimeMs, createPasskeyChallenges } from './challenge.ts'
import type { ChallengeUse } from './challenge.ts'

const secret = 'a secret of more than 32 bytes, for tests'
const policy = { secure: false, sameSite: 'lax', port: 8087 } as const
const challenges = createPasskeyChallenges([secret], policy)
const now = 1_800_000_000_000
const use = 'register:one'

/** Issues a challenge. @returns it, and the cookie as the browser sends it back */
function issued(asked: { use?: ChallengeUse; cookie?: string } = {}) {
  const cookies = requestCookies(asked.cookie)
  const challenge = challenges.issue(cookies, { use: asked.use ?? use, now })
  const [line = ''] = cookies.outgoing()
  return { challenge, line, cookie: line.split(';', 1)[0] ?? '' }
}

function clientData(challenge: unknown, more: object = {}): string {
  const content = { type: 'webauthn.get', challenge, origin: 'http://localhost:8087', ...more }
  return Buffer.from(JSON.stringify(content)).toString('base64url')
}

function opened(
  { challenge, cookie }: { challenge: unknown; cookie: string | undefined },
  asked: { use?: ChallengeUse; at?: number; more?: object; by?: typeof challenges } = {},
) {
  const { by = challenges, at = now, more } = asked
  const clientDataJSON = clientData(challenge, more)
  return by.open(requestCookies(cookie), { clientDataJSON, use: asked.use ?? use, now: at })
}

test('passkey challenge: is opened for its use, by its browser', () => {
  const one = issued()
  const expected = { text: one.challenge, expiresAt: now + challengeLifetimeMs }
  expect(opened(one)).toMatchObject(expected)
  expect(opened(one, { more: { crossOrigin: false } })).toMatchObject(expected)
  expect(one.challenge.length).toBeLessThan(200)
})

test('passkey challenge: its cookie is of this host, hidden from scripts and other sites, for 5 minutes', () => {
  expect(issued().line).toMatch(
    /^passkey-challenge-8087=[\w-]{43}; Max-Age=300; Path=\/; HttpOnly; SameSite=Strict$/,
  )
  const https = createPasskeyChallenges([secret], { ...policy, secure: true })
  const cookies = requestCookies(undefined)
  https.issue(cookies, { use: 'login', now })
  expect(cookies.outgoing()[0]).toMatch(/^__Host-passkey-challenge=.*; Secure; SameSite=Strict$/)
})

test('passkey challenge: two tabs of a browser have one each', () => {
  const first = issued()
  const second = issued({ cookie: first.cookie, use: 'login' })
  expect(second.cookie).toBe(first.cookie)
  expect(opened({ ...first, cookie: second.cookie })?.text).toBe(first.challenge)
  expect(opened(second, { use: 'login' })?.text).toBe(second.challenge)
  expect(opened(second, { use: 'login' })?.hash).not.toBe(opened(first)?.hash)
})

test('passkey challenge: no other use opens it', () => {
  const uses = ['register:one', 'register:two', 'login', 'second-factor:one', 'elevate:one'] as const
  for (const asked of uses) {
    for (const answered of uses) {
      const found = opened(issued({ use: asked }), { use: answered })
      expect(found === null, `${asked} for ${answered}`).toBe(asked !== answered)
    }
  }
})

test('passkey challenge: no other browser opens it', () => {
  const one = issued()
  const other = issued()
  expect(opened({ ...one, cookie: other.cookie })).toBeNull()
  expect(opened({ ...one, cookie: undefined })).toBeNull()
  expect(opened({ ...one, cookie: `${one.cookie}; ${one.cookie}` })).toBeNull()
  expect(opened({ ...one, cookie: `${one.cookie}x` })).toBeNull()
})

test('passkey challenge: expires after 5 minutes, and one of a clock ahead is refused', () => {
  const one = issued()
  expect(opened(one, { at: now + challengeLifetimeMs - 1 })).not.toBeNull()
  expect(opened(one, { at: now + challengeLifetimeMs })).toBeNull()
  expect(opened(one, { at: now - 60_000 })).not.toBeNull()
  expect(opened(one, { at: now - 60_001 })).toBeNull()
})

test('passkey challenge: no altered one is opened, and other spellings have the same hash', () => {
  const one = issued()
  const sealed = Buffer.from(one.challenge, 'base64url').toString()
  const { hash } = opened(one) ?? {}
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
    const found = opened({ ...one, challenge: Buffer.from(changed).toString('base64url') })
    // The last character has spare bits, which do not make a second challenge.
    expect([undefined, hash]).toContain(found?.hash)
  }
})

test('passkey challenge: a frame of another site and malformed client data open nothing', () => {
  const one = issued()
  expect(opened(one, { more: { crossOrigin: true } })).toBeNull()
  expect(opened(one, { more: { topOrigin: 'https://example.org' } })).toBeNull()
  for (const challenge of [undefined, null, 7, {}, [], '', 'AAAA', one.challenge.slice(1)]) {
    expect(opened({ ...one, challenge })).toBeNull()
  }
  const cookies = () => requestCookies(one.cookie)
  for (const text of ['', 'AAAA', 'bnVsbA', 'W10', 'e30', '8J-Y', one.challenge]) {
    expect(challenges.open(cookies(), { clientDataJSON: text, use, now })).toBeNull()
  }
})

test('passkey challenge: an older secret still opens it, and a removed one does not', () => {
  const one = issued()
  const newer = 'another secret of more than 32 bytes, for tests'
  expect(opened(one, { by: createPasskeyChallenges([newer, secret], policy) })).not.toBeNull()
  expect(opened(one, { by: createPasskeyChallenges([newer], policy) })).toBeNull()
})
