import { createRecentMap } from '../../recent-map.ts'

/** Tokens that can never become valid again. A second request with one reads no database. */
export interface EndedTokens {
  has(tokenId: string): boolean
  add(tokenId: string): void
}

/** Caches the newest 10,000, in 2 MB. A token that was dropped costs a read, and is added again. */
export function createEndedTokens(): EndedTokens {
  const ended = createRecentMap<true>()
  return {
    has: (tokenId) => ended.get(tokenId) === true,
    add: (tokenId) => ended.set(tokenId, true),
  }
}
