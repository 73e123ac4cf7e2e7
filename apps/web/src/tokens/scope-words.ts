import type { TokenScope } from '@app/contract'

/** What each scope allows. A new scope of the contract does not compile until it has words. */
const words: Readonly<Record<TokenScope, string>> = {
  'account:read': 'Read your profile',
  'account:write': 'Read and change your profile',
  'users:read': 'Read the list of users',
  'users:write': 'Read the list of users, disable users and end their sessions',
  'invitations:read': 'Read invitations',
  'invitations:write': 'Read, create and revoke invitations',
  'audit:read': 'Read the audit log',
  'notes:read': 'Read your notes',
  'notes:write': 'Read, create, change and delete your notes',
}

/** A newer server may offer other scopes. */
const wordsOf = new Map<string, string>(Object.entries(words))

/** Returns what a scope allows; undefined for one that this page does not know. */
export function scopeWords(scope: TokenScope): string | undefined {
  return wordsOf.get(scope)
}
