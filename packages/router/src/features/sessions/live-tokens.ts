import { createRecentMap } from '../../recent-map.ts'

/** Tokens whose session a call found alive less than a minute ago. */
export interface LiveTokens {
  has(tokenId: string): boolean
  add(tokenId: string): void
  delete(tokenId: string): void
}

/** How long a token is trusted: another process may have ended its session. */
const lifetimeMs = 60_000

/** Not with every call, because a Map whose keys move gets new tables. */
const renewAfterMs = 1_000

/**
 * Caches the newest 10,000, in 2 MB. A signature names the user of a token, but does not prove that its
 * session is alive; this cache does, without a read.
 */
export function createLiveTokens(): LiveTokens {
  /** When each was added, by `performance.now()`. */
  const found = createRecentMap<number>({ lifetimeMs })
  return {
    has: (tokenId) => found.get(tokenId) !== undefined,
    add: (tokenId) => {
      const now = performance.now()
      if (now - (found.get(tokenId) ?? -Infinity) >= renewAfterMs) found.set(tokenId, now)
    },
    delete: found.delete,
  }
}
