/** Tokens of which a call found the session alive a short while ago. */
export interface LiveTokens {
  has(tokenId: string): boolean
  add(tokenId: string): void
  delete(tokenId: string): void
}

/** How long it is remembered: a session may be ended by another process meanwhile. */
const rememberedMs = 60_000

/** 2 MB when all are there. */
const mostTokens = 10_000

/**
 * Remembers the newest 10,000 in this process's memory. A signature says for whom a token was made, and not
 * whether its session lives; this tells it without a read.
 * @param now milliseconds that never go back
 */
export function createLiveTokens(now: () => number = () => performance.now()): LiveTokens {
  /** When each was found alive, oldest first. */
  const foundAt = new Map<string, number>()
  return {
    has: (tokenId) => now() - (foundAt.get(tokenId) ?? -Infinity) < rememberedMs,
    add: (tokenId) => {
      // A Map keeps the order of insertion.
      foundAt.delete(tokenId)
      foundAt.set(tokenId, now())
      if (foundAt.size <= mostTokens) return
      for (const oldest of foundAt.keys()) return void foundAt.delete(oldest)
    },
    delete: (tokenId) => void foundAt.delete(tokenId),
  }
}
