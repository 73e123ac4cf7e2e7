const each = (kind: string) => Array.from({ length: 10 }, (_, at) => `${kind}-${at}`)

/** Users with verified addresses, and names without an account; several, so that no single row dominates. */
export const knownUsers = each('known')
export const unknownUsers = each('other')

/** Both kinds have addresses of one length. */
export function addressOf(username: string): string {
  return `${username}@example.org`
}
