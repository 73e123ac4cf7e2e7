import type { Fault } from './faults.ts'

const store = 'features/tokens/store.ts'
const authenticate = 'features/tokens/authenticate.ts'

/** Mistakes in the code of access tokens. */
export const tokenFaults: readonly Fault[] = [
  {
    name: 'an expired access token works',
    file: authenticate,
    from: 'row.expires_at <= clock() || ',
    to: '',
  },
  {
    name: 'access tokens become valid again when an account is enabled',
    file: 'features/users/procedures.ts',
    from: 'const revokedTokens = await deleteAllTokens(tx, { userId: user.id, now })',
    to: 'const revokedTokens = 0',
  },
  {
    name: 'an access token outlives the recovery of its account',
    file: 'features/recovery/reset-password.ts',
    from: 'const revokedTokens = await deleteAllTokens(tx, { userId, now })',
    to: 'const revokedTokens = 0',
  },
  {
    name: 'another user’s access token can be revoked by its id',
    file: store,
    from: "    .where('id', '=', id)\n    .where('user_id', '=', userId)\n    .returning('name')",
    to: "    .where('id', '=', id)\n    .returning('name')",
  },
  {
    name: 'a server remembers the access tokens that it has seen',
    file: authenticate,
    from: 'const row = await findTokenWithUser(db.read, hash)',
    to: `const kept: Map<string, Awaited<ReturnType<typeof findTokenWithUser>>> = (Reflect.get(db, 'kept') ?? new Map())
    Reflect.set(db, 'kept', kept)
    const row = kept.get(hash) ?? (await findTokenWithUser(db.read, hash))
    kept.set(hash, row)`,
  },
  {
    name: 'a scope to read allows changes',
    file: 'scoped-procedure.ts',
    from: "if (!includesScope(token.scopes, scope)) throw fail('SCOPE_REQUIRED', { scope })",
    to: '',
  },
]
