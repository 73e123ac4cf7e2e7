/** Tokens whose session a call found alive less than a minute ago. */
export interface LiveTokens {
  has(tokenId: string): boolean
  add(tokenId: string): void
  delete(tokenId: string): void
}

/** How long a token is trusted: another process may have ended its session. */
const lifetimeMs = 60_000

/** 2 MB when full. */
const maxTokens = 10_000

/**
 * Caches the newest 10,000 in this process's memory. A signature names the user of a token, but does not
 * prove that its session is alive; this cache does, without a read.
 * @param now milliseconds that never decrease
 */
export function createLiveTokens(now: () => number = () => performance.now()): LiveTokens {
  /** When each token was found valid, oldest first. */
  const foundAt = new Map<string, number>()
  return {
    has: (tokenId) => now() - (foundAt.get(tokenId) ?? -Infinity) < lifetimeMs,
    add: (tokenId) => {
      // A Map keeps the order of insertion.
      foundAt.delete(tokenId)
      foundAt.set(tokenId, now())
      if (foundAt.size <= maxTokens) return
      for (const oldest of foundAt.keys()) return void foundAt.delete(oldest)
    },
    delete: (tokenId) => void foundAt.delete(tokenId),
  }
}
