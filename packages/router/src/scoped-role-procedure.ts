import type { Role, TokenScope } from '@app/contract'
import type { Context } from './context.ts'
import { fail } from './failures.ts'
import type { Fail } from './failures.ts'
import { tokenHasFactor } from './features/factors/index.ts'
import { lockToken } from './features/tokens/index.ts'
import type { TokenAuthentication } from './features/tokens/index.ts'
import { lockActingRole } from './features/users/index.ts'
import { mayNeedScope, tokenContext } from './scoped-procedure.ts'
import { guardedTransaction } from './transaction.ts'
import { baseProcedure, mayFail, requireSudo, roleContext, sessionContext, wholeDatabase } from './trpc.ts'

/**
 * Allows the given roles, and access tokens of their users with the scope if ADMIN_TOKENS=on. Where admins
 * need a second factor, a token must have been created in a session at level 2.
 */
export function scopedRoleProcedure<const S extends TokenScope, const R extends Role>(
  scope: S,
  ...allowed: [R, ...R[]]
) {
  return baseProcedure
    .meta({ access: allowed, secondFactor: 'by-setting', scope })
    .concat(mayNeedScope<S>())
    .concat(mayFail('UNAUTHENTICATED', 'SESSION_EXPIRED', 'FORBIDDEN', 'FACTOR_REQUIRED', 'REAUTH_REQUIRED'))
    .use(async ({ ctx, type, meta, next }) => {
      if (ctx.token !== null) return next({ ctx: await roleTokenContext(ctx, ctx.token, { scope, allowed }) })
      const { session, ...ofSession } = await sessionContext(ctx, { type, meta })
      const ofRole = await roleContext({ ...ctx, ...ofSession, session }, { allowed, meta })
      return next({ ctx: { ...ofSession, ...ofRole } })
    })
}

export function scopedAdminProcedure<const S extends TokenScope>(scope: S) {
  return scopedRoleProcedure(scope, 'admin')
}

/** Allows admins who authenticated recently. A token needs no more: creating it needed that. */
export function sudoScopedAdminProcedure<const S extends TokenScope>(scope: S) {
  return scopedAdminProcedure(scope)
    .meta({ sudo: true })
    .concat(mayFail('REAUTH_REQUIRED'))
    .use(async ({ ctx, next }) => {
      if (ctx.token === null) await requireSudo(ctx)
      return next()
    })
}

type RoleTokenContext = Context & { fail: Fail<'UNAUTHENTICATED' | 'FORBIDDEN' | 'FACTOR_REQUIRED'> }

async function roleTokenContext<R extends Role>(
  ctx: RoleTokenContext,
  authentication: TokenAuthentication,
  { scope, allowed }: { scope: TokenScope; allowed: readonly R[] },
) {
  const { token, ...rest } = await tokenContext(ctx, authentication, scope)
  const { user } = token
  if (ctx.settings.adminTokens === 'off') throw fail('TOKEN_NOT_ALLOWED', { why: 'admin-tokens-off' })
  const role = allowed.find((each) => each === user.role)
  if (role === undefined) throw ctx.fail('FORBIDDEN')
  if (!(await tokenHasFactor(ctx.db.read, { ...ctx, token }))) throw ctx.fail('FACTOR_REQUIRED')
  const transaction = guardedTransaction(wholeDatabase(ctx), (tx) => {
    const lockCaller = async () => {
      const caller = { id: token.id, userId: user.id, now: ctx.clock() }
      if (!(await lockToken(tx, caller))) throw ctx.fail('UNAUTHENTICATED')
      if (!(await tokenHasFactor(tx, { ...ctx, token }))) throw ctx.fail('FACTOR_REQUIRED')
    }
    return lockActingRole(tx, { userId: user.id, allowed, lockCaller, fail: ctx.fail })
  })
  return { ...rest, user: { ...user, role }, transaction }
}
