import { includesScope } from '@app/contract'
import type { Self, TokenScope } from '@app/contract'
import type { ProcedureType } from '@trpc/server'
import { andThen, middlewareResult } from './awaitable.ts'
import type { Awaitable } from './awaitable.ts'
import type { Context } from './context.ts'
import { fail } from './failures.ts'
import type { Fail, FailureShape } from './failures.ts'
import type { Actor } from './features/audit/index.ts'
import { hasAdminRights, tokenHasAdminRights } from './features/factors/index.ts'
import type { SessionWithUser } from './features/sessions/index.ts'
import { lockToken } from './features/tokens/index.ts'
import type { LiveToken, TokenAuthentication } from './features/tokens/index.ts'
import { ownFields, readSelf } from './features/users/index.ts'
import { guardedTransaction } from './transaction.ts'
import type { GuardedTransaction } from './transaction.ts'
import { baseProcedure, declareFailures, mayFail, sessionContext, wholeDatabase } from './trpc.ts'
import type { SessionGuardContext } from './trpc.ts'

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
    .use(({ ctx, type, next }) => {
      const added = ctx.token === null ? ofSession(ctx, type) : ofToken(ctx, ctx.token, scope)
      return middlewareResult(andThen(added, (own) => next({ ctx: own })))
    })
}

/** What the guard adds to the context. */
interface ScopedContext {
  user: SessionWithUser['user']
  transaction: GuardedTransaction
  actor: Actor
  mayActAsAdmin: () => Promise<boolean>
  /** Returns the profile of the user. */
  self: () => Awaitable<Self>
}

function ofSession(ctx: SessionGuardContext, type: ProcedureType): Awaitable<ScopedContext> {
  // Not by a rest pattern, which costs as much as the rest of the guard.
  return andThen(sessionContext(ctx, { type }), ({ session, user, transaction, actor }) => ({
    user,
    transaction,
    actor,
    mayActAsAdmin: async () => hasAdminRights({ ...ctx, session }),
    // The guard has read all of it.
    self: () => ownFields(user, session.email),
  }))
}

async function ofToken(
  ctx: SessionGuardContext,
  authentication: TokenAuthentication,
  scope: TokenScope,
): Promise<ScopedContext> {
  const { token, ...rest } = await tokenContext(ctx, authentication, scope)
  const mayActAsAdmin = () => tokenHasAdminRights(ctx.db.read, { ...ctx, token })
  return { ...rest, mayActAsAdmin, self: () => readSelf(ctx.db.read, rest.user) }
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
