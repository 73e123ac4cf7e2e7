import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import { layersOf, Options } from './procedure-layers.ts'
import type { Change, Layer, Passing, ProcedureRun, Result } from './procedure-layers.ts'
import { procedureOf } from './procedure-type.ts'

/**
 * Runs a procedure as tRPC's `callTRPCProcedure` does. A test compares both. tRPC is compiled for engines
 * without object spread, so its own loop copies the options and the context of each middleware key by key.
 * @throws TRPCError
 */
export async function runProcedure(run: ProcedureRun): Promise<unknown> {
  const procedure = procedureOf(run.path)
  if (procedure?._def.type !== run.type) throw new TRPCError({ code: 'NOT_FOUND' })
  const { ctx, readInput } = run
  const { meta } = procedure._def
  const getRawInput = async () => readInput()
  const result = await runFrom(layersOf(procedure), 0, { run, meta, ctx, input: undefined, getRawInput })
  if (result === undefined) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR' })
  if (!result.ok) throw result.error
  return result.data
}

async function runFrom(layers: readonly Layer[], index: number, passing: Passing): Promise<Result> {
  const layer = layers[index]
  if (layer === undefined) return undefined
  const { input, output } = layer
  let entering = passing
  let result: Result
  try {
    if (input !== null) entering = { ...passing, input: parse(input, await passing.getRawInput(), badInput) }
    const next = (change?: Change) => runFrom(layers, index + 1, changed(entering, change))
    result = await layer.run(new Options(entering, next))
    if (output !== null && result?.ok === true) {
      result = { ...result, data: parse(output, result.data, badOutput) }
    }
  } catch (cause) {
    result = { ok: false, error: getTRPCErrorFromUnknown(cause) }
  }
  // After a success the handlers do nothing, so they are skipped. An iterable may still fail.
  return isFinal(result) ? result : handleErrors(layer, passing, result)
}

function changed(passing: Passing, change: Change = {}): Passing {
  return {
    run: passing.run,
    meta: passing.meta,
    ctx: change.ctx === undefined ? passing.ctx : { ...passing.ctx, ...change.ctx },
    input: 'input' in change ? change.input : passing.input,
    getRawInput: change.getRawInput ?? passing.getRawInput,
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
      result = { ok: false, error: getTRPCErrorFromUnknown(cause) }
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
