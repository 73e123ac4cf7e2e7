import type { Context } from '@app/router'
import { TRPCError } from '@trpc/server'
import type { AnyProcedure, ProcedureType } from '@trpc/server'

/** The options of a middleware, as tRPC passes them. */
export interface Options {
  path: string
  type: ProcedureType
  ctx: Context
  /** Aborted when the client leaves. */
  signal: AbortSignal
  getRawInput: () => Promise<unknown>
  batchIndex: number
  input: unknown
}

export type Result = { ok: true; data: unknown } | { ok: false; error: TRPCError } | undefined

type Next = (change?: Partial<Options>) => Promise<Result>

type Run = (options: Options, next: Next) => Promise<Result>

/** A middleware with the error handlers around it, innermost first. */
export interface Layer {
  run: Run
  handlers: readonly Run[]
}

/** What tRPC keeps of a procedure. Its public type shows none of it. */
interface Definition {
  middlewares: Middleware[]
  /** All schemas are of zod. */
  inputs: Schema[]
  output?: Schema
  meta: unknown
}

interface Middleware {
  (options: Options & { meta: unknown; next: Next }): Promise<Result>
  /** `input` or `output` for one that parses, `errors` for one that only formats the errors from below it. */
  _type?: string
}

interface Schema {
  parse(value: unknown): unknown
}

const known = new WeakMap<AnyProcedure, readonly Layer[]>()

/** Returns the middlewares of a procedure in order, the resolver last. */
export function layersOf(procedure: AnyProcedure): readonly Layer[] {
  const layers = known.get(procedure) ?? readLayers(procedure)
  known.set(procedure, layers)
  return layers
}

function readLayers(procedure: AnyProcedure): Layer[] {
  // Sound: tRPC's own loop reads the same fields.
  const { middlewares, inputs, output, meta } = procedure._def as object as Definition
  const [input, second] = inputs
  const runOf = (middleware: Middleware): Run => {
    // tRPC merges several inputs.
    if (middleware._type === 'input' && input !== undefined && second === undefined) return parseInput(input)
    if (middleware._type === 'output' && output !== undefined) return parseOutput(output)
    return (options, next) => middleware({ ...options, meta, next })
  }
  const layers: Layer[] = []
  let handlers: Run[] = []
  for (const middleware of middlewares) {
    if (middleware._type === 'errors') handlers.unshift(runOf(middleware))
    else {
      layers.push({ run: runOf(middleware), handlers })
      handlers = []
    }
  }
  return layers
}

// tRPC parses asynchronously, which costs several times as much: zod compiles schemas for `parse` only.

function parseInput(schema: Schema): Run {
  return async ({ getRawInput }, next) => {
    const raw = await getRawInput()
    let input: unknown
    try {
      input = schema.parse(raw)
    } catch (cause) {
      throw new TRPCError({ code: 'BAD_REQUEST', cause })
    }
    return next({ input })
  }
}

function parseOutput(schema: Schema): Run {
  return async (_options, next) => {
    const result = await next()
    if (result?.ok !== true) return result
    try {
      return { ...result, data: schema.parse(result.data) }
    } catch (cause) {
      throw new TRPCError({ message: 'Output validation failed', code: 'INTERNAL_SERVER_ERROR', cause })
    }
  }
}
