import type { Context } from '@app/router'
import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import { procedureOf } from './procedure-type.ts'

interface ProcedureRun {
  path: string
  type: 'query' | 'mutation' | 'subscription'
  ctx: Context
  /** Aborted when the client leaves. */
  signal: AbortSignal
  getRawInput: () => Promise<unknown>
}

/** The options of a middleware, as tRPC passes them. */
interface Options extends ProcedureRun {
  batchIndex: number
  input: unknown
}

type Result = { ok: true; data: unknown } | { ok: false; error: TRPCError } | undefined

type Next = (change?: Partial<Options>) => Promise<Result>

interface Middleware {
  (options: Options & { meta: unknown; next: Next }): Promise<Result>
  /** `errors` for one that only formats the errors from below it. */
  _type?: string
}

/**
 * Runs a procedure as tRPC's `callTRPCProcedure` does: its middlewares in order, the resolver last. A test
 * compares both. tRPC is compiled for engines without object spread, so its own loop copies the options and
 * the context of each middleware key by key.
 * @throws TRPCError
 */
export async function runProcedure(run: ProcedureRun): Promise<unknown> {
  const procedure = procedureOf(run.path)
  if (procedure?._def.type !== run.type) throw new TRPCError({ code: 'NOT_FOUND' })
  // Sound: tRPC's own loop reads the same list. The public type does not show it.
  const { middlewares, meta } = procedure._def as object as { middlewares: Middleware[]; meta: unknown }

  const runOne = async (
    middleware: Middleware | undefined,
    options: Options,
    next: Next,
  ): Promise<Result> => {
    try {
      return await middleware?.({ ...options, meta, next })
    } catch (cause) {
      return { ok: false, error: getTRPCErrorFromUnknown(cause) }
    }
  }
  const runFrom = async (start: number, options: Options): Promise<Result> => {
    let handlers = 0
    while (middlewares[start + handlers]?._type === 'errors') handlers += 1
    const index = start + handlers
    const next = (change: Partial<Options> = {}) =>
      runFrom(index + 1, {
        ...options,
        ctx: change.ctx === undefined ? options.ctx : { ...options.ctx, ...change.ctx },
        input: 'input' in change ? change.input : options.input,
        getRawInput: change.getRawInput ?? options.getRawInput,
      })
    let result = await runOne(middlewares[index], options, next)
    // After a success the handlers do nothing, so they are skipped. An iterable may still fail.
    for (; handlers > 0 && !isFinal(result); handlers -= 1) {
      const inner = result
      result = await runOne(middlewares[start + handlers - 1], options, async () => inner)
    }
    return result
  }

  const result = await runFrom(0, { ...run, batchIndex: 0, input: undefined })
  if (result === undefined) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR' })
  if (!result.ok) throw result.error
  return result.data
}

/** Checks whether a result is a success that cannot fail any more: the value is not an async iterable. */
function isFinal(result: Result): boolean {
  return (
    result?.ok === true &&
    !(typeof result.data === 'object' && result.data !== null && Symbol.asyncIterator in result.data)
  )
}
