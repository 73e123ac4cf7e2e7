import { getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import { layersOf } from './procedure-layers.ts'
import type { Layer, Options, Result } from './procedure-layers.ts'
import { procedureOf } from './procedure-type.ts'

type ProcedureRun = Omit<Options, 'batchIndex' | 'input'>

/**
 * Runs a procedure as tRPC's `callTRPCProcedure` does. A test compares both. tRPC is compiled for engines
 * without object spread, so its own loop copies the options and the context of each middleware key by key.
 * @throws TRPCError
 */
export async function runProcedure(run: ProcedureRun): Promise<unknown> {
  const procedure = procedureOf(run.path)
  if (procedure?._def.type !== run.type) throw new TRPCError({ code: 'NOT_FOUND' })
  const result = await runFrom(layersOf(procedure), 0, { ...run, batchIndex: 0, input: undefined })
  if (result === undefined) throw new TRPCError({ code: 'INTERNAL_SERVER_ERROR' })
  if (!result.ok) throw result.error
  return result.data
}

async function runFrom(layers: readonly Layer[], index: number, options: Options): Promise<Result> {
  const layer = layers[index]
  const next = (change: Partial<Options> = {}) =>
    runFrom(layers, index + 1, {
      ...options,
      ctx: change.ctx === undefined ? options.ctx : { ...options.ctx, ...change.ctx },
      input: 'input' in change ? change.input : options.input,
      getRawInput: change.getRawInput ?? options.getRawInput,
    })
  let result: Result
  try {
    result = await layer?.run(options, next)
  } catch (cause) {
    result = { ok: false, error: getTRPCErrorFromUnknown(cause) }
  }
  // After a success the handlers do nothing, so they are skipped. An iterable may still fail.
  return layer === undefined || isFinal(result) ? result : handleErrors(layer, options, result)
}

async function handleErrors(layer: Layer, options: Options, outcome: Result): Promise<Result> {
  if (isIterable(outcome)) {
    const handle = (error: TRPCError) => handleErrors(layer, options, { ok: false, error })
    return { ok: true, data: handleThrown(outcome.data, handle) }
  }
  let result = outcome
  for (const handle of layer.handlers) {
    const inner = result
    try {
      result = await handle(options, async () => inner)
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
