import type { SessionLevel, TokenScope } from '@app/contract'
import { accessTokenHash, newAccessToken, newId } from '@app/router/testing'
import type { TestApp } from '../../src/testing/test-app.ts'

export interface GivenToken {
  id: string
  token: string
}

export interface TokenOptions {
  scopes: readonly TokenScope[]
  level?: SessionLevel
  /** Default: in a day. */
  expiresInMs?: number
}

/** A well-formed token that no account has. */
export const unknownToken = newAccessToken()

/** Gives a user an access token without a session, also one that no procedure would create. */
export async function giveToken(
  { services, clock }: TestApp,
  userId: string,
  { scopes, level = 1, expiresInMs = 24 * 3_600_000 }: TokenOptions,
): Promise<GivenToken> {
  const now = clock.now()
  const [id, token] = [newId(now), newAccessToken()]
  await services.db.write((tx) =>
    tx
      .insertInto('access_tokens')
      .values({
        id,
        user_id: userId,
        hash: accessTokenHash(token),
        hint: '',
        name: 'A token',
        scopes: scopes.join(' '),
        level,
        created_at: now,
        expires_at: now + expiresInMs,
        last_used_at: null,
      })
      .execute(),
  )
  return { id, token }
}
