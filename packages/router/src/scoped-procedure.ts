import { includesScope } from '@app/contract'
import type { TokenScope } from '@app/contract'
import type { Context } from './context.ts'
import { fail } from './failures.ts'
import type { Fail, FailureShape } from './failures.ts'
import { hasAdminRights, tokenHasAdminRights } from './features/factors/index.ts'
import { lockToken } from './features/tokens/index.ts'
import type { LiveToken, TokenAuthentication } from './features/tokens/index.ts'
import { ownFields, readSelf } from './features/users/index.ts'
import { guardedTransaction } from './transaction.ts'
import { baseProcedure, declareFailures, mayFail, sessionContext, wholeDatabase } from './trpc.ts'

/** Names the scope in the type of the procedure, so that a test can compare it with the list of scopes. */
type ScopeShape<S extends TokenScope> = FailureShape<'SCOPE_REQUIRED'> & {
  data: { failure: { scope: S } }
}

/** Declares that a procedure needs a scope of access tokens. */
export function mayNeedScope<S extends TokenScope>() {
  return declareFailures<'SCOPE_REQUIRED', ScopeShape<S>>(['SCOPE_REQUIRED'])
}

/**
 * Allows every signed-in user, and access tokens with the scope. Its context has no session, so a procedure
 * that needs one cannot accept tokens.
 */
export function scopedProcedure<const S extends TokenScope>(scope: S) {
  return baseProcedure
    .meta({ access: 'user', scope })
    .concat(mayNeedScope<S>())
    .concat(mayFail('UNAUTHENTICATED', 'SESSION_EXPIRED'))
    .use(async ({ ctx, type, next }) => {
      if (ctx.token !== null) {
        const { token, ...rest } = await tokenContext(ctx, ctx.token, scope)
        const mayActAsAdmin = () => tokenHasAdminRights(ctx.db.read, { ...ctx, token })
        const self = () => readSelf(ctx.db.read, rest.user)
        return next({ ctx: { ...rest, mayActAsAdmin, self } })
      }
      // Not by a rest pattern, which costs as much as the rest of the guard.
      const { session, user, transaction, actor } = await sessionContext(ctx, { type })
      const mayActAsAdmin = async () => hasAdminRights({ ...ctx, session })
      // The guard has read all of it.
      const self = async () => ownFields(user, session.email)
      return next({ ctx: { user, transaction, actor, mayActAsAdmin, self } })
    })
}

/** Requires a valid token with the scope, and returns what its guards add to the context. */
export async function tokenContext(
  ctx: Context & { fail: Fail<'UNAUTHENTICATED'> },
  authentication: TokenAuthentication,
  scope: TokenScope,
) {
  const token: LiveToken | null = await authentication.token()
  if (token === null) throw ctx.fail('UNAUTHENTICATED')
  if (!includesScope(token.scopes, scope)) throw fail('SCOPE_REQUIRED', { scope })
  await authentication.recordUse()
  const { user, id } = token
  const transaction = guardedTransaction(wholeDatabase(ctx), async (tx) => {
    if (!(await lockToken(tx, { id, userId: user.id, now: ctx.clock() }))) throw ctx.fail('UNAUTHENTICATED')
  })
  return { token, user, transaction, actor: { kind: 'user' as const, id: user.id, tokenId: id } }
}
