import { createRecentMap } from '../../recent-map.ts'
import type { RecentMap } from '../../recent-map.ts'

/** The public id of a token, and its user. */
export interface KnownToken {
  id: string
  userId: string
}

/** Tokens that a call found valid less than a minute ago, by hash. */
export type KnownTokens = RecentMap<KnownToken>

/** How long a token counts for its account: another process may have revoked it. */
const lifetimeMs = 60_000

/**
 * Caches the newest 10,000, in 3 MB. Names the account to which a request is charged, without a read. It
 * allows no call: each reads its token from the database.
 */
export function createKnownTokens(): KnownTokens {
  return createRecentMap({ lifetimeMs })
}
