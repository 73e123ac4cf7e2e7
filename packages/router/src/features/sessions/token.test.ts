import { randomBytes } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { describe, expect, test } from 'vitest'
import { deriveKey } from '../../settings/keys.ts'
import { createSessionTokens, newTokenId, tokenHash } from './token.ts'

const secret = 'an old secret of more than 32 bytes, for tests'
const newerSecret = 'a new secret of more than 32 bytes, for tests'
const tokens = createSessionTokens([secret])
const claims = {
  userId: 'the user',
  sessionId: 'the session',
  tokenId: newTokenId(),
  issuedAt: 1_800_000_000_000,
  expiresAt: 1_800_003_600_000,
}
const verified = { ...claims, tokenHash: tokenHash(claims.tokenId) }

/** Signs a token with our key that differs from a valid one in one thing. */
function signed(change: { header?: object; payload?: object; key?: jwt.Secret; without?: string }): string {
  const genuine = jwt.decode(tokens.sign(claims), { complete: true })
  if (genuine === null || typeof genuine.payload === 'string') throw new Error('no token')
  const payload: Record<string, unknown> = { ...genuine.payload, ...change.payload }
  if (change.without !== undefined) delete payload[change.without]
  return jwt.sign(payload, change.key ?? deriveKey(secret, 'session'), {
    algorithm: 'HS256',
    header: { ...genuine.header, alg: 'HS256', ...change.header },
    noTimestamp: change.without === 'iat',
  })
}

test('session token: verifies what it signed, even after its expiry', () => {
  expect(tokens.verify(tokens.sign(claims))).toEqual(verified)
  expect(tokens.verify(signed({ payload: { exp: 1 } }))).toMatchObject({ expiresAt: 1_000 })
})

test('session token: contains the user, the session and the expiry, and nothing else', () => {
  const decoded = jwt.decode(tokens.sign(claims), { complete: true })
  expect(decoded?.header).toEqual({ alg: 'HS256', typ: 'session+jwt', kid: expect.any(String) })
  expect(Object.keys(decoded?.payload ?? {}).toSorted()).toEqual([
    'aud',
    'exp',
    'iat',
    'iss',
    'jti',
    'sid',
    'sub',
  ])
})

describe('invalid session tokens', () => {
  test.each(['sub', 'sid', 'jti', 'iat', 'exp', 'iss', 'aud'])(
    'session token: rejects one without %s',
    (claim) => {
      expect(tokens.verify(signed({}))).not.toBeNull()
      expect(tokens.verify(signed({ without: claim }))).toBeNull()
    },
  )

  test('session token: rejects another audience, issuer or type', () => {
    expect(tokens.verify(signed({ payload: { aud: 'accounts/recovery' } }))).toBeNull()
    expect(tokens.verify(signed({ payload: { iss: 'another issuer' } }))).toBeNull()
    expect(tokens.verify(signed({ header: { typ: 'JWT' } }))).toBeNull()
  })

  test('session token: rejects a signature by the secret itself or by a key for another purpose', () => {
    expect(tokens.verify(signed({ key: secret }))).toBeNull()
    expect(tokens.verify(signed({ key: deriveKey(secret, 'identifier') }))).toBeNull()
  })

  test('session token: rejects a key that its header contains or names', () => {
    const own = randomBytes(32)
    const jwk = { kty: 'oct', k: own.toString('base64url'), alg: 'HS256' }
    const ways = [{ jwk }, { jwk, kid: 'mine' }, { jku: 'https://example.org/keys' }, { x5c: [jwk.k] }]
    for (const header of ways) expect(tokens.verify(signed({ key: own, header }))).toBeNull()
    expect(tokens.verify(signed({ header: { kid: 'unknown' } }))).toBeNull()
  })

  test('session token: rejects no signature or another algorithm', () => {
    const [, payload] = tokens.sign(claims).split('.')
    const header = (fields: object) => Buffer.from(JSON.stringify(fields)).toString('base64url')
    const { kid } = jwt.decode(tokens.sign(claims), { complete: true })?.header ?? {}
    expect(tokens.verify(`${header({ alg: 'none', typ: 'session+jwt', kid })}.${payload}.`)).toBeNull()
    const hs512 = jwt.sign(jwt.decode(tokens.sign(claims)) ?? {}, deriveKey(secret, 'session'), {
      algorithm: 'HS512',
      header: { alg: 'HS512', typ: 'session+jwt', ...(kid === undefined ? {} : { kid }) },
    })
    expect(tokens.verify(hs512)).toBeNull()
  })

  test('session token: rejects every single-character change and every cut', () => {
    const token = tokens.sign(claims)
    for (let at = 0; at < token.length; at += 1) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
      expect(tokens.verify(changed)).toBeNull()
      expect(tokens.verify(token.slice(0, at))).toBeNull()
    }
  })

  test('session token: rejects another spelling of the signature, whose last character has two spare bits', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const token = tokens.sign(claims)
    const last = alphabet.indexOf(token.at(-1) ?? '')
    for (const spare of [1, 2, 3]) {
      const spelling = token.slice(0, -1) + (alphabet[last + spare] ?? '')
      expect(Buffer.from(spelling, 'base64url')).toEqual(Buffer.from(token, 'base64url'))
      expect(tokens.verify(spelling)).toBeNull()
    }
  })

  test('session token: rejects one of more than 2,000 characters with a valid signature', () => {
    const ofLength = (length: number) => {
      // A part of base64 grows by one or two characters at a time, so the header fills the lengths that the
      // payload cannot have.
      for (let pad = 0; pad < 4; pad += 1) {
        for (let more = 1_000; more < 1_500; more += 1) {
          const header = { cty: 'x'.repeat(pad) }
          const token = signed({ header, payload: { more: 'x'.repeat(more) } })
          if (token.length === length) return token
        }
      }
      throw new Error(`no token of ${length} characters`)
    }
    expect(tokens.verify(ofLength(2_000))).toEqual(verified)
    expect(tokens.verify(ofLength(2_001))).toBeNull()
  })

  test.each(['', '.', '..', 'null', 'a.b.c', 'x'.repeat(3_000)])('session token: rejects %j', (garbage) => {
    expect(tokens.verify(garbage)).toBeNull()
  })
})

describe('rotation of secrets', () => {
  const rotated = createSessionTokens([newerSecret, secret])

  test('session token: an old secret still verifies, and the newest one signs', () => {
    expect(rotated.verify(tokens.sign(claims))).toEqual(verified)
    expect(createSessionTokens([newerSecret]).verify(rotated.sign(claims))).toEqual(verified)
  })

  test('session token: removing a secret invalidates its tokens', () => {
    expect(createSessionTokens([newerSecret]).verify(tokens.sign(claims))).toBeNull()
  })
})
