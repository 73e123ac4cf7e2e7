import * as z from 'zod/mini'
import { DisplayName } from './display-name.ts'
import { tokenLimits } from './limits.ts'
import { Id, Instant } from './text.ts'
import { tokenScopes } from './token-scopes.ts'

const TokenScopeName = z.enum(tokenScopes, { error: 'There is no such scope.' })

const wrongDays = `Choose from ${tokenLimits.days.min} to ${tokenLimits.days.max} days.`

/** Without `expiresInDays`, the token expires after 90 days. */
export const CreateTokenInput = z.strictObject({
  name: DisplayName,
  scopes: z.array(TokenScopeName, { error: 'Choose what the token may do.' }).check(
    z.minLength(1, 'Choose what the token may do.'),
    z.maxLength(tokenScopes.length, 'Name each scope once.'),
    z.refine((scopes) => new Set(scopes).size === scopes.length, 'Name each scope once.'),
  ),
  expiresInDays: z._default(
    z
      .int({ error: wrongDays })
      .check(z.gte(tokenLimits.days.min, wrongDays), z.lte(tokenLimits.days.max, wrongDays)),
    tokenLimits.days.default,
  ),
})

/**
 * An access token in the list of its user. `hint`: its prefix and its last four characters. `lastUsedAt` is
 * exact to a minute.
 */
export const Token = z.object({
  id: Id,
  name: z.string(),
  scopes: z.array(TokenScopeName),
  hint: z.string(),
  createdAt: Instant,
  expiresAt: Instant,
  lastUsedAt: z.nullable(Instant),
})
export type Token = z.infer<typeof Token>

/** `token` is shown once: the server keeps only its hash. */
export const CreatedToken = z.extend(Token, { token: z.string() })

/** The token that expires last comes first. `grantable`: the scopes that the user may give to a new token. */
export const TokenList = z.object({ items: z.array(Token), grantable: z.array(TokenScopeName) })

/** The access tokens of another user, for admins. */
export const Tokens = z.array(Token)

export const TokenIdInput = z.strictObject({ id: Id })
