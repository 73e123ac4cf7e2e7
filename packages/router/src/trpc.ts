import type { CommonReason, Reason, Role } from '@app/contract'
import { sudoWindowMs } from '@app/contract'
import { initTRPC } from '@trpc/server'
import type { ProcedureType } from '@trpc/server'
import type { Access, DeclaredReasons } from './access.ts'
import { andThen, middlewareResult } from './awaitable.ts'
import { accountIdOf } from './context.ts'
import type { Context } from './context.ts'
import { DatabaseUnavailable } from './db/database-unavailable.ts'
import type { Database } from './db/database.ts'
import { commonFailure, fail, FailureError, failureShape, protocolFailure } from './failures.ts'
import type { Fail, FailureShape } from './failures.ts'
import {
  isAtHighestLevel,
  listReauthMethods,
  listSecondFactorMethods,
  requireHighestLevel,
} from './features/factors/index.ts'
import { levelOf, lockSession } from './features/sessions/index.ts'
import type { SessionWithUser } from './features/sessions/index.ts'
import { requireTokenAllowed } from './features/tokens/index.ts'
import { lockActingRole } from './features/users/index.ts'
import { StreamReconnect } from './http/stream-reconnect.ts'
import { streamPingMs, streamSilenceMs } from './ports/interval.ts'
import { consumeCall } from './rate-limits/allowances.ts'
import { withAuditAllowance } from './rate-limits/audit-allowance.ts'
import { nextOfBatch } from './rate-limits/batch-budget.ts'
import { heavyReadSlot } from './rate-limits/heavy-read.ts'
import { requireAllowance } from './rate-limits/require-allowance.ts'
import { guardedTransaction } from './transaction.ts'
import { wakeChanged } from './wake-changed.ts'

// 1. The root. Its formatter sees only protocol errors: the base procedure below handles all others.
// isDev is never on: a stack trace is never part of a response.
const t = initTRPC
  .context<Context>()
  .meta<Access>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: streamPingMs },
      // Reopens a connection that broke silently, as when a laptop was suspended.
      client: { reconnectAfterInactivityMs: streamSilenceMs },
    },
    errorFormatter: ({ error, path, ctx }) =>
      failureShape(protocolFailure(error), { path, requestId: ctx?.request.id ?? '' }),
  })

export const router = t.router

// 2. Failures are declared before they can be thrown. `.concat(mayFail('NOT_FOUND'))` adds them to the type
// that the client sees, and to `ctx.fail`, which throws no others. Put it before the guard or resolver that
// fails: in tRPC a handler sees only errors from below it.
export function mayFail<const R extends Reason>(...reasons: R[]) {
  return declareFailures<R, FailureShape<R>>(reasons)
}

/** Does what `mayFail` does. @param Shape may narrow the details of the failures */
export function declareFailures<R extends Reason, Shape extends FailureShape<R>>(reasons: readonly R[]) {
  const declared: ReadonlySet<Reason> = new Set(reasons)
  const listed: DeclaredReasons = Object.fromEntries(reasons.map((reason) => [reason, true]))
  const declaring = t.procedure.meta(listed).errors(({ error, ctx, path }): Shape | undefined =>
    error instanceof FailureError && declared.has(error.failure.reason)
      ? // Sound: the set holds exactly the members of R, and only the guard of the Shape throws them.
        (failureShape(error.failure, { path, requestId: ctx.request.id }) as Shape)
      : undefined,
  )
  const withFail = () => declaring.use(({ next }) => next<{ fail: Fail<R | CommonReason> }>({}))
  // Sound: `createContext` puts `fail` there. A middleware would do nothing in each call.
  return declaring as object as ReturnType<typeof withFail>
}

// 3. Every procedure starts here. Its error handler is the outermost one: undeclared errors become a common
// failure. An internal error is logged with its cause, and the response contains only the request id.
export const baseProcedure = t.procedure
  .errors(({ error, ctx, path, type }): FailureShape<CommonReason> | undefined => {
    if (error.cause instanceof StreamReconnect) return undefined
    const failure = commonFailure(error)
    const fields = { requestId: ctx.request.id, path, type, err: error.cause ?? error }
    if (failure.reason === 'INTERNAL') ctx.log.error(fields, 'a call failed')
    if (error.cause instanceof DatabaseUnavailable) ctx.log.warn(fields, 'the database did not answer')
    return failureShape(failure, { path, requestId: ctx.request.id })
  })
  // One middleware, because tRPC copies the options of a call for each. One wait budget for the database for
  // all calls of a request: an event stream leaves it when it begins.
  .use(({ ctx, type, meta, next }) =>
    middlewareResult(
      ctx.withinBudget(() =>
        // Limits belong to the procedure, so they apply to every host and every spelling of a path.
        andThen(consumeCall(ctx, type, meta), (wait) => {
          requireAllowance(wait)
          if (ctx.token !== null) requireTokenAllowed(ctx.token, meta)
          return andThen(ctx.batch === null ? next() : nextOfBatch(ctx.batch, next), (result) => {
            wakeChanged(ctx)
            return result
          })
        }),
      ),
    ),
  )

// 4. The guards. Each narrows the context, and they run in the order of the code: session, role, sudo, input.
// Public procedures write with `ctx.db.write`: they have no session to lock.
export const publicProcedure = baseProcedure
  .meta({ access: 'public' })
  .use(({ ctx, next }) => next({ ctx: { db: wholeDatabase(ctx) } }))
export const hashingProcedure = publicProcedure.meta({ hashesPassword: true })

/**
 * Allows every signed-in user. `ctx.transaction` is its only way to write. Under sudo it checks the level
 * again too: a second factor may have been added or removed since the guard.
 */
export const protectedProcedure = baseProcedure
  .meta({ access: 'user' })
  .concat(mayFail('UNAUTHENTICATED', 'SESSION_EXPIRED'))
  .use(({ ctx, type, meta, next }) =>
    middlewareResult(andThen(sessionContext(ctx, { type, meta }), (added) => next({ ctx: added }))),
  )

/**
 * Allows every signed-in user who enters the password again. A failed password is recorded even if the
 * session has ended, so these procedures also write with `ctx.db.write`.
 */
export const passwordProcedure = protectedProcedure
  .meta({ recovers: true })
  .use(({ ctx, next }) => next({ ctx: { db: wholeDatabase(ctx) } }))

/**
 * Allows the given roles only: `roleProcedure('admin')`, `roleProcedure('admin', 'editor')`. Behind it
 * `ctx.user.role` has the type of those roles (ASVS 5.0 8.2.1).
 */
export function roleProcedure<const R extends Role>(...allowed: [R, ...R[]]) {
  return protectedProcedure
    .meta({ access: allowed, secondFactor: 'by-setting' })
    .concat(mayFail('FORBIDDEN', 'FACTOR_REQUIRED', 'REAUTH_REQUIRED', 'SESSION_EXPIRED'))
    .use(async ({ ctx, meta, next }) => next({ ctx: await roleContext(ctx, { allowed, meta }) }))
}

/** Added to a guard of a query that returns a list or a long text: waits for the account's slot. */
export const heavyRead = t.procedure.meta({ heavy: true }).use(async ({ ctx, signal, next }) => {
  using _slot = await heavyReadSlot(ctx, accountIdOf(ctx.meter), signal)
  return await next()
})

/** Added to a guard: limits how often a user may repeat a call that leads to an audit event. */
export const auditedCall = t.procedure
  .meta({ audited: true })
  .use(({ ctx, meta, path, next }) => withAuditAllowance(ctx, { path, meta }, () => next()))

/**
 * Added to a guard: requires that the user has authenticated in the last 10 minutes (ASVS 5.0 7.5.1, 7.5.3),
 * and with a second factor if the account has one: an attacker may have an older session and the password.
 */
const sudo = mayFail('REAUTH_REQUIRED')
  .meta({ sudo: true })
  .use(async ({ ctx, next }) => {
    await requireSudo(ctx)
    return next()
  })

export const sudoProcedure = protectedProcedure.concat(sudo)

/** Allows users who authenticated recently in a session at level 2. */
export const levelTwoProcedure = sudoProcedure
  .meta({ secondFactor: 'always' })
  .concat(mayFail('FACTOR_REQUIRED', 'REAUTH_REQUIRED'))
  .use(async ({ ctx, next }) => {
    await requireLevelTwo(ctx)
    return next()
  })

export const sudoAdminProcedure = roleProcedure('admin').concat(sudo)

export type SessionGuardContext = Context & { fail: Fail<'UNAUTHENTICATED' | 'SESSION_EXPIRED'> }

/** Requires a live session and returns what its guards add to the context. */
export function sessionContext(
  ctx: SessionGuardContext,
  { type, meta }: { type: ProcedureType; meta?: Access | undefined },
) {
  return andThen(ctx.auth.session(), (session) => {
    // A token with our signature proves that there was a session.
    if (session === null) throw ctx.fail(ctx.auth.claims() === null ? 'UNAUTHENTICATED' : 'SESSION_EXPIRED')
    const renewed = type === 'subscription' ? undefined : ctx.auth.renew()
    return andThen(renewed, () => addedBySession(ctx, session, meta))
  })
}

function addedBySession(ctx: SessionGuardContext, session: SessionWithUser, meta: Access | undefined) {
  const { user } = session
  const transaction = guardedTransaction(wholeDatabase(ctx), async (tx) => {
    if (!(await lockSession(tx, session))) throw ctx.fail('SESSION_EXPIRED')
    if (meta?.sudo === true) await requireHighestLevel(tx, { session, fail })
  })
  return { session, user, transaction, actor: { kind: 'user' as const, id: user.id } }
}

type RoleGuardContext = SessionGuardContext &
  Awaited<ReturnType<typeof sessionContext>> & {
    fail: Fail<'FORBIDDEN' | 'FACTOR_REQUIRED' | 'REAUTH_REQUIRED' | 'SESSION_EXPIRED'>
  }

/** Requires one of the roles and returns what its guards change in the context. */
export async function roleContext<R extends Role>(
  ctx: RoleGuardContext,
  { allowed, meta }: { allowed: readonly R[]; meta: Access | undefined },
) {
  const role = allowed.find((each) => each === ctx.user.role)
  if (role === undefined) throw ctx.fail('FORBIDDEN')
  const needsFactor = role === 'admin' && ctx.settings.adminSecondFactor === 'required'
  if (needsFactor) await requireLevelTwo(ctx)
  const { session, user, fail: failDeclared } = ctx
  const transaction = guardedTransaction(wholeDatabase(ctx), async (tx) => {
    const lockCaller = async () => {
      if (!(await lockSession(tx, session, { needsFactor }))) throw failDeclared('SESSION_EXPIRED')
    }
    await lockActingRole(tx, { userId: user.id, allowed, lockCaller, fail: failDeclared })
    if (meta?.sudo === true) await requireHighestLevel(tx, { session, fail: failDeclared })
  })
  return { user: { ...user, role }, transaction }
}

/** @throws REAUTH_REQUIRED */
export async function requireSudo(ctx: Context & { fail: Fail<'REAUTH_REQUIRED'> }): Promise<void> {
  const session = await ctx.auth.session()
  // Absolute difference, because the clocks of two servers differ, and setting one back must not extend the
  // period.
  const isFresh = session !== null && Math.abs(ctx.clock() - session.authenticated_at) <= sudoWindowMs
  if (session !== null && isFresh && (await isAtHighestLevel(ctx.db.read, session))) return
  throw ctx.fail('REAUTH_REQUIRED', {
    methods: session === null ? [] : await listReauthMethods(ctx.db.read, { ...ctx, session }),
  })
}

interface LevelContext extends Pick<Context, 'db' | 'settings'> {
  session: SessionWithUser
  fail: Fail<'FACTOR_REQUIRED' | 'REAUTH_REQUIRED'>
}

/** @throws FACTOR_REQUIRED when the account has no second factor, REAUTH_REQUIRED when it must be given */
async function requireLevelTwo({ db, session, fail: failDeclared }: LevelContext): Promise<void> {
  if (levelOf(session) === 2) return
  const methods = await listSecondFactorMethods(db.read, session.user_id)
  throw methods.length === 0 ? failDeclared('FACTOR_REQUIRED') : failDeclared('REAUTH_REQUIRED', { methods })
}

export function wholeDatabase({ db }: Pick<Context, 'db'>): Database {
  // Sound: `createContext` puts the services' database there. Only its type is narrowed.
  return db as Database
}
