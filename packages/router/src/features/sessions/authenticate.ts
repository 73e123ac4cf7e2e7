import { timingSafeEqual } from 'node:crypto'
import { andThen } from '../../awaitable.ts'
import type { Awaitable } from '../../awaitable.ts'
import { DatabaseUnavailable } from '../../db/database-unavailable.ts'
import type { Database } from '../../db/database.ts'
import type { Cookies } from '../../http/cookies.ts'
import type { Clock } from '../../ports/clock.ts'
import { touchDevice } from '../devices/index.ts'
import type { DeviceCookie } from '../devices/index.ts'
import { isUsable } from './alive.ts'
import type { SessionCookie } from './cookie.ts'
import { findSession } from './current/store.ts'
import type { SessionWithUser } from './current/store.ts'
import type { EndedTokens } from './ended-tokens.ts'
import type { LiveTokens } from './live-tokens.ts'
import { idleLimit } from './session.ts'
import type { IssuedToken, SessionTimeouts } from './session.ts'
import { extendSession } from './store.ts'
import type { SessionTokens, VerifiedClaims } from './token.ts'

/** The session of the caller, read at most once per HTTP request, however many procedures it calls. */
export interface Authentication {
  /**
   * Returns the claims of a token with our signature. Reads no database, and does not prove that the session
   * is alive.
   */
  claims(): VerifiedClaims | null
  /**
   * Returns the live session; null without one. `claims` shows whether the request has a valid token. One
   * indexed read.
   */
  session(): Awaitable<SessionWithUser | null>
  /** Re-issues the token of a live session when it is older than a tenth of the idle time. */
  renew(): Awaitable<void>
  /** Sets the session cookie to a token. Call it only after the token's row is committed. */
  setSessionCookie(token: IssuedToken): void
  /** Clears the session cookie. */
  clearSessionCookie(): void
}

interface AuthenticationDeps {
  db: Database
  clock: Clock
  settings: { sessionTimeouts: SessionTimeouts }
  sessionTokens: SessionTokens
  sessionCookie: SessionCookie
  endedTokens: EndedTokens
  liveTokens: LiveTokens
  deviceCookie: DeviceCookie
}

/**
 * @param checked the claims of the cookie's token, null without a valid one; undefined: not checked yet
 */
export function createAuthentication(
  deps: AuthenticationDeps,
  cookies: Cookies,
  checked?: VerifiedClaims | null,
): Authentication {
  return new RequestAuthentication(deps, cookies, checked)
}

/** A class, because every call makes one and uses few of its functions. */
class RequestAuthentication implements Authentication {
  readonly #deps: AuthenticationDeps
  readonly #cookies: Cookies
  /** Undefined until first used, like the next two. */
  #claims: VerifiedClaims | null | undefined
  #session: Awaitable<SessionWithUser | null> | undefined
  #renewal: { ended: Awaitable<void> } | undefined

  constructor(deps: AuthenticationDeps, cookies: Cookies, checked: VerifiedClaims | null | undefined) {
    this.#deps = deps
    this.#cookies = cookies
    this.#claims = checked
  }

  claims(): VerifiedClaims | null {
    if (this.#claims !== undefined) return this.#claims
    const { sessionCookie, sessionTokens } = this.#deps
    const token = sessionCookie.read(this.#cookies)
    this.#claims = token === undefined ? null : sessionTokens.verify(token)
    return this.#claims
  }

  session(): Awaitable<SessionWithUser | null> {
    if (this.#session !== undefined) return this.#session
    const token = this.claims()
    this.#session =
      token === null ? null : andThen(this.#findLive(token), (row) => this.#noteLive(token, row))
    return this.#session
  }

  #findLive(token: VerifiedClaims): Awaitable<SessionWithUser | null> {
    const { db, clock, endedTokens } = this.#deps
    if (token.expiresAt <= clock() || endedTokens.has(token.tokenId)) return null
    return andThen(findSession(db.read, token.sessionId), (row) => {
      if (row !== undefined && isOf(row, token)) return isUsable(row, clock()) ? row : null
      endedTokens.add(token.tokenId)
      return null
    })
  }

  #noteLive(token: VerifiedClaims, row: SessionWithUser | null): SessionWithUser | null {
    const { liveTokens } = this.#deps
    if (row === null) liveTokens.delete(token.tokenId)
    else liveTokens.add(token.tokenId)
    return row
  }

  setSessionCookie({ claims: issued, remembered }: IssuedToken): void {
    const { clock, sessionCookie, sessionTokens, liveTokens } = this.#deps
    const maxAgeSeconds = remembered ? Math.floor((issued.expiresAt - clock()) / 1_000) : undefined
    sessionCookie.write(this.#cookies, sessionTokens.sign(issued), maxAgeSeconds)
    liveTokens.add(issued.tokenId)
  }

  clearSessionCookie(): void {
    const { sessionCookie, liveTokens } = this.#deps
    liveTokens.delete(this.claims()?.tokenId ?? '')
    sessionCookie.clear(this.#cookies)
  }

  renew(): Awaitable<void> {
    this.#renewal ??= { ended: this.#renew() }
    return this.#renewal.ended
  }

  #renew(): Awaitable<void> {
    return andThen(this.session(), (row): Awaitable<void> => {
      const { clock, settings } = this.#deps
      const token = this.claims()
      if (token === null || row === null) return
      const now = clock()
      const { rememberedIdleMs, idleMs } = settings.sessionTimeouts
      const renewAfterMs = (row.remembered === 1 ? rememberedIdleMs : idleMs) / 10
      if (now - token.issuedAt >= renewAfterMs) return this.#reissue(token, row, { now, renewAfterMs })
    })
  }

  async #reissue(
    token: VerifiedClaims,
    row: SessionWithUser,
    { now, renewAfterMs }: { now: number; renewAfterMs: number },
  ): Promise<void> {
    const { db, settings, deviceCookie } = this.#deps
    const remembered = row.remembered === 1
    const timeouts = settings.sessionTimeouts
    const idleUntil = idleLimit(timeouts, { remembered, endsAt: row.ends_at, now })
    const seenBefore = now - renewAfterMs
    let expiresAt = row.idle_until
    if (row.last_seen_at <= seenBefore) {
      try {
        // The update itself checks the token, and extends no other session.
        const extended = await db.write(
          async (tx) => {
            const current = { id: row.id, tokenHash: row.token_hash, seenBefore }
            const change = { last_seen_at: now, idle_until: idleUntil }
            if (!(await extendSession(tx, current, change))) return false
            // A browser in use becomes an established device, or stays one.
            const { hash: deviceHash } = deviceCookie.read(this.#cookies)
            await touchDevice(tx, { userId: row.user_id, deviceHash, now })
            return true
          },
          // The call needs the rest of its time.
          { share: 0.2 },
        )
        // A parallel call was first: its cookie is as good, and this one must not last longer than the row.
        if (!extended) return
        expiresAt = idleUntil
      } catch (error) {
        // The session is alive until its old limit; a read must not fail because a write is impossible.
        if (error instanceof DatabaseUnavailable) return
        throw error
      }
    }
    // Without a write above, the row was renewed but this browser never got the response. It gets it now.
    this.setSessionCookie({ remembered, claims: { ...token, issuedAt: now, expiresAt } })
  }
}

/**
 * Returns whether the token is the current one of the session. A replaced token never becomes valid again.
 */
function isOf(row: SessionWithUser, token: VerifiedClaims): boolean {
  return (
    row.user_id === token.userId && timingSafeEqual(Buffer.from(row.token_hash), Buffer.from(token.tokenHash))
  )
}
