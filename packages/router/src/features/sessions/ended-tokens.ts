/** Tokens that can never be alive again, so that asking with one a second time costs no read. */
export interface EndedTokens {
  has(tokenId: string): boolean
  add(tokenId: string): void
}

/** 1 MB when all are there. */
const mostTokens = 10_000

/**
 * Remembers the newest 10,000 in this process's memory; one that is forgotten costs a read, and is remembered
 * again.
 */
export function createEndedTokens(): EndedTokens {
  const ended = new Set<string>()
  return {
    has: (tokenId) => ended.has(tokenId),
    add: (tokenId) => {
      ended.add(tokenId)
      if (ended.size <= mostTokens) return
      // A Set keeps the order of insertion.
      for (const oldest of ended) return void ended.delete(oldest)
    },
  }
}
