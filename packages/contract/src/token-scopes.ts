import { noteScopes } from './notes/scopes.ts'

/**
 * What an access token may do: `<feature>:read` or `<feature>:write`, which includes `read`. Append-only. The
 * router's types prove that each scope is accepted by a procedure of its feature.
 */
export const tokenScopes = [
  'account:read',
  'account:write',
  'users:read',
  'users:write',
  'invitations:read',
  'invitations:write',
  'audit:read',
  ...noteScopes,
] as const
export type TokenScope = (typeof tokenScopes)[number]

/** Scopes that only admins may give to a token, and that are refused unless ADMIN_TOKENS=on. */
export const adminScopes = [
  'users:write',
  'invitations:read',
  'invitations:write',
  'audit:read',
] as const satisfies TokenScope[]

export function isAdminScope(scope: TokenScope): boolean {
  return adminScopes.some((each) => each === scope)
}

/** Checks whether a token with these scopes may do what `wanted` allows. */
export function includesScope(scopes: readonly TokenScope[], wanted: TokenScope): boolean {
  const [feature] = wanted.split(':')
  return scopes.some((scope) => scope === wanted || scope === `${feature}:write`)
}
