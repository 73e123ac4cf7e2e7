import type { CommonReason, Reason, Role } from '@app/contract'
import { sudoWindowMs } from '@app/contract'
import { initTRPC } from '@trpc/server'
import type { z } from 'zod'
import type { Context } from './context.ts'
import { DatabaseUnavailable } from './db/database-unavailable.ts'
import type { Database } from './db/database.ts'
import { commonFailure, fail, FailureError, failureShape, protocolFailure } from './failures.ts'
import type { Fail, FailureShape } from './failures.ts'
import { lockSession } from './features/sessions/index.ts'
import { lockActingRole } from './features/users/index.ts'
import { StreamReconnect } from './http/stream-reconnect.ts'
import { streamPingMs, streamSilenceMs } from './ports/interval.ts'
import { consumeCall } from './rate-limits/allowances.ts'
import { heavyReadSlot } from './rate-limits/heavy-read.ts'
import { guardedTransaction } from './transaction.ts'

/**
 * `mayFail` sets one key for each reason, because tRPC merges meta key by key: guards and procedures share
 * the list.
 */
type DeclaredReasons = { readonly [R in Reason]?: true }

/**
 * The meta of a procedure. Each guard sets its own part, and tRPC merges them. The access matrix compares the
 * meta of every procedure with what it enforces.
 */
export interface Access extends DeclaredReasons {
  /** One sentence for programs that call it. The packed client shows it in editors. */
  description?: string
  /** The schema of the data of each event of a subscription, which has no `.output`. */
  event?: z.core.$ZodType
  /** `user` is every signed-in account; a list names the roles that are allowed. */
  access?: 'public' | 'user' | readonly Role[]
  /** Also requires a recent elevation. */
  sudo?: boolean
  /**
   * For a query that changes something. The server treats it like a mutation: it rejects it from other sites
   * and in batches.
   */
  hasSideEffects?: boolean
  /** Returns an iterable of text, which a host streams unchanged: a file and not a JSON value. */
  download?: boolean
  /** Returns a list, and waits for a slot among the lists of other accounts. */
  heavy?: boolean
  /**
   * Recovers an account from an attacker. Counted by session, because an attacker with a stolen session can
   * use up the account's allowance.
   */
  recovers?: boolean
  /**
   * Anonymous callers wait for a password hash, so the server may reject surplus calls before any database
   * work.
   */
  hashesPassword?: boolean
}

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
  const declared: ReadonlySet<Reason> = new Set(reasons)
  const failDeclared: Fail<R | CommonReason> = fail
  const listed: DeclaredReasons = Object.fromEntries(reasons.map((reason) => [reason, true]))
  return t.procedure
    .meta(listed)
    .errors(({ error, ctx, path }): FailureShape<R> | undefined =>
      error instanceof FailureError && declared.has(error.failure.reason)
        ? // Sound: the set holds exactly the members of R.
          failureShape(error.failure as FailureShape<R>['data']['failure'], {
            path,
            requestId: ctx.request.id,
          })
        : undefined,
    )
    .use(({ next }) => next({ ctx: { fail: failDeclared } }))
}

// 3. Every procedure starts here. Its error handler is the outermost one: undeclared errors become a common
// failure. An internal error is logged with its cause, and the response contains only the request id.
const baseProcedure = t.procedure
  .errors(({ error, ctx, path, type }): FailureShape<CommonReason> | undefined => {
    if (error.cause instanceof StreamReconnect) return undefined
    const failure = commonFailure(error)
    const fields = { requestId: ctx.request.id, path, type, err: error.cause ?? error }
    if (failure.reason === 'INTERNAL') ctx.log.error(fields, 'a call failed')
    if (error.cause instanceof DatabaseUnavailable) ctx.log.warn(fields, 'the database did not answer')
    return failureShape(failure, { path, requestId: ctx.request.id })
  })
  // One wait budget for the database for all calls of a request. An event stream leaves it when it begins.
  .use(({ ctx, next }) => ctx.withinBudget(() => next()))
  // Limits are part of the procedure and not of a URL, so they apply to every host and every spelling of a
  // path.
  .use(async ({ ctx, type, meta, next }) => {
    const wait = await consumeCall(ctx, type, meta)
    if (wait > 0) throw fail('RATE_LIMITED', { retryAfterSeconds: wait })
    return next()
  })
  // Calls of a batch run one by one, so that only what fits into its response is in memory.
  .use(async ({ ctx, next }) => {
    if (ctx.batch === null) return next()
    using _slot = await ctx.batch.nextCall()
    if (ctx.batch.isFull) throw fail('UNAVAILABLE', { retryAfterSeconds: 1 })
    const result = await next()
    if (result.ok && !(await ctx.batch.fits(result.data))) throw fail('UNAVAILABLE', { retryAfterSeconds: 1 })
    return result
  })
  // Wakes the event streams of the changed users after the commit. After a failure too: the call may have
  // written something.
  .use(async ({ ctx, next }) => {
    const result = await next()
    for (const userId of ctx.changedUserIds) ctx.sessionStreams.wake(userId)
    return result
  })

// 4. The guards. Each narrows the context, and they run in the order of the code: session, role, sudo, input.
// Public procedures write with `ctx.db.write`: they have no session to lock.
export const publicProcedure = baseProcedure
  .meta({ access: 'public' })
  .use(({ ctx, next }) => next({ ctx: { db: wholeDatabase(ctx) } }))
export const hashingProcedure = publicProcedure.meta({ hashesPassword: true })

/** Allows every signed-in user. `ctx.transaction` is its only way to write. */
export const protectedProcedure = baseProcedure
  .meta({ access: 'user' })
  .concat(mayFail('UNAUTHENTICATED', 'SESSION_EXPIRED'))
  .use(async ({ ctx, type, next }) => {
    const session = await ctx.auth.session()
    // A token with our signature proves that there was a session.
    if (session === null) throw ctx.fail(ctx.auth.claims() === null ? 'UNAUTHENTICATED' : 'SESSION_EXPIRED')
    if (type !== 'subscription') await ctx.auth.renew()
    const { user } = session
    const transaction = guardedTransaction(wholeDatabase(ctx), async (tx) => {
      if (!(await lockSession(tx, session))) throw ctx.fail('SESSION_EXPIRED')
    })
    return next({ ctx: { session, user, transaction, actor: { kind: 'user' as const, id: user.id } } })
  })

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
    .meta({ access: allowed })
    .concat(mayFail('FORBIDDEN', 'SESSION_EXPIRED'))
    .use(({ ctx, next }) => {
      const role = allowed.find((each) => each === ctx.user.role)
      if (role === undefined) throw ctx.fail('FORBIDDEN')
      const { session, user, fail: failDeclared } = ctx
      const transaction = guardedTransaction(wholeDatabase(ctx), (tx) =>
        lockActingRole(tx, { session, userId: user.id, allowed, fail: failDeclared }),
      )
      return next({ ctx: { user: { ...user, role }, transaction } })
    })
}

/** Added to a guard: waits for the account's slot for expensive reads. */
export const heavyRead = t.procedure.meta({ heavy: true }).use(async ({ ctx, signal, next }) => {
  using _slot = await heavyReadSlot(ctx, ctx.meter.accountId ?? '', signal)
  return await next()
})

/**
 * Added to a guard: requires that the user has authenticated in the last 10 minutes (ASVS 5.0 7.5.1, 7.5.3).
 */
export const sudo = mayFail('REAUTH_REQUIRED')
  .meta({ sudo: true })
  .use(async ({ ctx, next }) => {
    const session = await ctx.auth.session()
    // Absolute difference, because the clocks of two servers differ, and setting one back must not extend the
    // period.
    const isFresh = session !== null && Math.abs(ctx.clock() - session.authenticated_at) <= sudoWindowMs
    if (!isFresh) throw ctx.fail('REAUTH_REQUIRED', { methods: ['password'] })
    return next()
  })

export const sudoProcedure = protectedProcedure.concat(sudo)

function wholeDatabase({ db }: Pick<Context, 'db'>): Database {
  // Sound: `createContext` puts the services' database there. Only its type is narrowed.
  return db as Database
}
