/** Tokens that can never become valid again. A second request with one reads no database. */
export interface EndedTokens {
  has(tokenId: string): boolean
  add(tokenId: string): void
}

/** 1 MB when full. */
const maxTokens = 10_000

/**
 * Caches the newest 10,000 in this process's memory. A token that was dropped costs a read, and is added
 * again.
 */
export function createEndedTokens(): EndedTokens {
  const ended = new Set<string>()
  return {
    has: (tokenId) => ended.has(tokenId),
    add: (tokenId) => {
      ended.add(tokenId)
      if (ended.size <= maxTokens) return
      // A Set keeps the order of insertion.
      for (const oldest of ended) return void ended.delete(oldest)
    },
  }
}
