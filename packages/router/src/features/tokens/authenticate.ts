import type { SessionLevel, TokenScope } from '@app/contract'
import { DatabaseUnavailable } from '../../db/database-unavailable.ts'
import type { Database } from '../../db/database.ts'
import { bearerCredentials } from '../../http/bearer.ts'
import type { Clock } from '../../ports/clock.ts'
import type { EndedTokens } from '../sessions/index.ts'
import type { KnownToken, KnownTokens } from './known-tokens.ts'
import { scopesOf } from './shown-token.ts'
import { findTokenWithUser, saveTokenUse } from './store.ts'
import type { TokenWithUser } from './store.ts'
import { accessTokenHash, isWellFormed } from './token-format.ts'

/** A valid token and its user. */
export interface LiveToken {
  id: string
  scopes: readonly TokenScope[]
  level: SessionLevel
  user: TokenWithUser['user']
}

/** The access token of a request, read at most once, however many procedures the request calls. */
export interface TokenAuthentication {
  /** Whether the request has a session cookie too. Every procedure rejects both together. */
  readonly isWithCookie: boolean
  /** Whether the token has the form and the checksum of ours. */
  readonly isWellFormed: boolean
  /** Returns the token if a call found it valid less than a minute ago. Reads no database. */
  known(): KnownToken | undefined
  /** Returns the valid token; null if it is unknown, revoked or expired, or its user is disabled. */
  token(): Promise<LiveToken | null>
  /** Saves the time of use, at most once a minute for each token. */
  recordUse(): Promise<void>
}

interface TokenAuthenticationDeps {
  db: Database
  clock: Clock
  knownTokens: KnownTokens
  /** Hashes of tokens that do not exist, so that a repeated one costs no read. */
  endedTokens: EndedTokens
}

/** How exact the time of the last use is. */
const useMs = 60_000

/** @returns null for a request without `Authorization: Bearer` */
export function authenticateToken(
  { db, clock, knownTokens, endedTokens }: TokenAuthenticationDeps,
  authorization: string | undefined,
  hasSessionCookie: () => boolean,
): TokenAuthentication | null {
  const credentials = bearerCredentials(authorization)
  if (credentials === null) return null
  const hash = isWellFormed(credentials) ? accessTokenHash(credentials) : null

  const read = async () => {
    if (hash === null || endedTokens.has(hash)) return null
    const row = await findTokenWithUser(db.read, hash)
    if (row === undefined) endedTokens.add(hash)
    if (row === undefined || row.expires_at <= clock() || row.user.disabled_at !== null) {
      knownTokens.delete(hash)
      return null
    }
    knownTokens.set(hash, { id: row.id, userId: row.user.id })
    return row
  }
  let reading: ReturnType<typeof read> | undefined
  const row = () => (reading ??= read())
  let isUseRecorded = false

  return {
    isWithCookie: hasSessionCookie(),
    isWellFormed: hash !== null,
    known: () => (hash === null ? undefined : knownTokens.get(hash)),
    token: async () => {
      const found = await row()
      if (found === null) return null
      return { id: found.id, scopes: scopesOf(found), level: found.level, user: found.user }
    },
    recordUse: async () => {
      const found = await row()
      const now = clock()
      const usedBefore = now - useMs
      if (found === null || isUseRecorded || (found.last_used_at ?? 0) > usedBefore) return
      isUseRecorded = true
      try {
        // The call needs the rest of its time.
        await db.write((tx) => saveTokenUse(tx, { id: found.id, now, usedBefore }), { share: 0.2 })
      } catch (error) {
        // A read must not fail because a write is impossible.
        if (!(error instanceof DatabaseUnavailable)) throw error
      }
    },
  }
}
