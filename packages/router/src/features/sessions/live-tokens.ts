import { createRecentMap } from '../../recent-map.ts'

/** Tokens whose session a call found alive less than a minute ago. */
export interface LiveTokens {
  has(tokenId: string): boolean
  add(tokenId: string): void
  delete(tokenId: string): void
}

/** How long a token is trusted: another process may have ended its session. */
const lifetimeMs = 60_000

/**
 * Caches the newest 10,000, in 2 MB. A signature names the user of a token, but does not prove that its
 * session is alive; this cache does, without a read.
 */
export function createLiveTokens(): LiveTokens {
  const found = createRecentMap<true>({ lifetimeMs })
  return {
    has: (tokenId) => found.get(tokenId) === true,
    add: (tokenId) => found.set(tokenId, true),
    delete: found.delete,
  }
}
