import { hash, randomBytes } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { createRecentMap } from '../../recent-map.ts'
import { deriveKey, deriveKeyId } from '../../settings/keys.ts'

/** The claims of a session token. Times are milliseconds since 1970 UTC, whole seconds in the token. */
export interface SessionClaims {
  userId: string
  sessionId: string
  /** The secret part; the session row stores its SHA-256. */
  tokenId: string
  issuedAt: number
  /** The idle expiry. */
  expiresAt: number
}

/** Claims that were read from a token with our signature. */
export interface VerifiedClaims extends SessionClaims {
  /** What the row of the session must have stored. */
  tokenHash: string
}

export interface SessionTokens {
  sign(claims: SessionClaims): string
  /** @returns the claims of a token with our signature, expired or not; null for every other string */
  verify(token: string): VerifiedClaims | null
}

const issuer = 'accounts'
const audience = 'accounts/session'
const type = 'session+jwt'

/**
 * Every claim is required (RFC 8725 section 3.8 to 3.11: issuer, audience and type are checked, one algorithm
 * is allowed).
 */
const Payload = z.object({
  sub: z.string(),
  sid: z.string(),
  jti: z.string(),
  iat: z.int(),
  exp: z.int(),
})

/** Read before the signature is checked, so it may only choose among our own keys. */
const Header = z.object({ kid: z.string() })

/** A session token has about 400 bytes. Longer ones are rejected before any HMAC. */
const maxTokenLength = 2_000

/** @param secrets newest first: the newest signs, all verify, so a rotation logs no user out */
export function createSessionTokens(secrets: readonly [string, ...string[]]): SessionTokens {
  const keys = new Map<string, KeyObject>()
  for (const secret of secrets) keys.set(deriveKeyId(secret, 'session'), deriveKey(secret, 'session'))
  const newestId = deriveKeyId(secrets[0], 'session')
  const newestKey = deriveKey(secrets[0], 'session')
  /**
   * The claims of the newest 10,000 tokens with our signature, by their exact text; 10 MB when full. The keys
   * of a process never change. Every call checks the expiry, and whether the session is alive.
   */
  const verified = createRecentMap<VerifiedClaims>()

  return {
    sign: ({ userId, sessionId, tokenId, issuedAt, expiresAt }) =>
      jwt.sign(
        {
          iss: issuer,
          aud: audience,
          sub: userId,
          sid: sessionId,
          jti: tokenId,
          iat: Math.floor(issuedAt / 1_000),
          exp: Math.floor(expiresAt / 1_000),
        },
        newestKey,
        { algorithm: 'HS256', header: { alg: 'HS256', typ: type, kid: newestId } },
      ),

    verify: (token) => {
      if (token.length > maxTokenLength) return null
      const known = verified.get(token)
      if (known !== undefined) return known
      try {
        const { header, payload } = jwt.verify(token, keyOf(keys, token), {
          algorithms: ['HS256'],
          issuer,
          audience,
          // The caller checks the expiry, by its own clock.
          ignoreExpiration: true,
          complete: true,
        })
        if (header.typ !== type) return null
        const { sub, sid, jti, iat, exp } = Payload.parse(payload)
        const times = { issuedAt: iat * 1_000, expiresAt: exp * 1_000 }
        const claims = { userId: sub, sessionId: sid, tokenId: jti, tokenHash: tokenHash(jti), ...times }
        verified.set(token, claims)
        return claims
      } catch {
        // Malformed, a foreign signature, or a missing claim.
        return null
      }
    },
  }
}

export function newTokenId(): string {
  return randomBytes(32).toString('base64url')
}

/** Returns what the row stores of a token. 32 random bytes need no slow hash. */
export function tokenHash(tokenId: string): string {
  return hash('sha256', tokenId, 'base64url')
}

function keyOf(keys: ReadonlyMap<string, KeyObject>, token: string): KeyObject {
  const [header = ''] = token.split('.', 1)
  const { kid } = Header.parse(JSON.parse(Buffer.from(header, 'base64url').toString()))
  const key = keys.get(kid)
  if (key === undefined) throw new Error('unknown key')
  return key
}
