import { tokenScopes } from '@app/contract'
import type { Token, TokenScope } from '@app/contract'
import { toInstant } from '../../ports/clock.ts'
import type { ShownToken } from './store.ts'
import type { AccessTokenRow } from './table.ts'

const known: ReadonlySet<string> = new Set(tokenScopes)

/** Reads stored scopes. A newer release may have stored scopes that this one does not know. */
export function scopesOf({ scopes }: Pick<AccessTokenRow, 'scopes'>): TokenScope[] {
  return scopes.split(' ').filter((scope): scope is TokenScope => known.has(scope))
}

export function toToken(row: ShownToken): Token {
  return {
    id: row.id,
    name: row.name,
    scopes: scopesOf(row),
    hint: row.hint,
    createdAt: toInstant(row.created_at),
    expiresAt: toInstant(row.expires_at),
    lastUsedAt: toInstant(row.last_used_at),
  }
}
