/** Returns the count for the detail of an audit event; nothing if it is 0, as in events of most accounts. */
export function countOf(count: { revokedTokens: number }): { revokedTokens?: number } {
  return count.revokedTokens > 0 ? count : {}
}
