import { andThen, longBodyTurn, orElse } from '@app/router'
import type { Awaitable } from '@app/router'
import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import { layersOf, Options } from './procedure-layers.ts'
import type { Change, Layer, Passing, ProcedureRun, Result } from './procedure-layers.ts'
import { procedureOf } from './procedure-type.ts'

/**
 * Runs a procedure as tRPC's `callTRPCProcedure` does. A test compares both. tRPC is compiled for engines
 * without object spread, so its own loop copies the options and the context of each middleware key by key.
 * @throws TRPCError
 */
export function runProcedure(run: ProcedureRun): Awaitable<unknown> {
  const procedure = procedureOf(run.path)
  if (procedure?._def.type !== run.type) throw new TRPCError({ code: 'NOT_FOUND' })
  const { ctx } = run
  const { meta } = procedure._def
  return andThen(runFrom(layersOf(procedure), 0, { run, meta, ctx, input: undefined }), (result) => {
    if (result === undefined) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR' })
    if (!result.ok) throw result.error
    return result.data
  })
}

function runFrom(layers: readonly Layer[], index: number, passing: Passing): Awaitable<Result> {
  const layer = layers[index]
  if (layer === undefined) return undefined
  const next = (entered: Passing, change?: Change) => runFrom(layers, index + 1, changed(entered, change))
  // After a success the handlers do nothing, so they are skipped. An iterable may still fail.
  return andThen(
    orElse(() => runLayer(layer, passing, next), failed),
    (result) => (isFinal(result) ? result : handleErrors(layer, passing, result)),
  )
}

/** Runs a middleware with the schemas around it. */
function runLayer(
  { input, output, run }: Layer,
  passing: Passing,
  next: (entered: Passing, change?: Change) => Awaitable<Result>,
): Awaitable<Result> {
  const enter = (entered: Passing) => run(new Options(entered, (change) => next(entered, change)))
  const result =
    input === null
      ? enter(passing)
      : andThen(longBodyTurn(passing.ctx, passing.run.signal), () =>
          enter({ ...passing, input: parse(input, passing.run.readInput(), badInput) }),
        )
  if (output === null) return result
  return andThen(result, (inner) =>
    inner?.ok === true ? { ok: true, data: parse(output, inner.data, badOutput) } : inner,
  )
}

function failed(cause: unknown): Result {
  return { ok: false, error: getTRPCErrorFromUnknown(cause) }
}

function changed(passing: Passing, change: Change = {}): Passing {
  return {
    run: passing.run,
    meta: passing.meta,
    ctx: change.ctx === undefined ? passing.ctx : { ...passing.ctx, ...change.ctx },
    input: 'input' in change ? change.input : passing.input,
  }
}

/** Parses synchronously. tRPC does not, which costs several times as much: zod compiles only `parse`. */
function parse(
  schema: NonNullable<Layer['input']>,
  value: unknown,
  errorOf: (cause: unknown) => TRPCError,
): unknown {
  try {
    return schema.parse(value)
  } catch (cause) {
    throw errorOf(cause)
  }
}

const badInput = (cause: unknown) => new TRPCError({ code: 'BAD_REQUEST', cause })
const badOutput = (cause: unknown) =>
  new TRPCError({ message: 'Output validation failed', code: 'INTERNAL_SERVER_ERROR', cause })

async function handleErrors(layer: Layer, passing: Passing, outcome: Result): Promise<Result> {
  if (isIterable(outcome)) {
    const handle = (error: TRPCError) => handleErrors(layer, passing, { ok: false, error })
    return { ok: true, data: handleThrown(outcome.data, handle) }
  }
  let result = outcome
  for (const handle of layer.handlers) {
    const inner = result
    try {
      result = await handle(new Options(passing, async () => inner))
    } catch (cause) {
      result = failed(cause)
    }
  }
  return result
}

/** Passes the errors of an iterable to the handlers. tRPC's own generators for this need more memory. */
function handleThrown(
  values: AsyncIterable<unknown>,
  handle: (error: TRPCError) => Promise<Result>,
): AsyncIterable<unknown> {
  const rethrow = async (cause: unknown): Promise<never> => {
    const error = getTRPCErrorFromUnknown(cause)
    const handled = await handle(error)
    throw handled?.ok === false ? handled.error : error
  }
  return {
    [Symbol.asyncIterator]: () => {
      const iterator = values[Symbol.asyncIterator]()
      return {
        next: () => iterator.next().catch(rethrow),
        return: async () => {
          await iterator.return?.()
          return { done: true, value: undefined }
        },
      }
    },
  }
}

/** Checks whether a result is a success that cannot fail any more: the value is not an async iterable. */
function isFinal(result: Result): boolean {
  return result?.ok === true && !isIterable(result)
}

function isIterable(result: Result): result is { ok: true; data: AsyncIterable<unknown> } {
  return (
    result?.ok === true &&
    typeof result.data === 'object' &&
    result.data !== null &&
    Symbol.asyncIterator in result.data
  )
}
