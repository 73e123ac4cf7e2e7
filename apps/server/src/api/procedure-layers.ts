import { andThen } from '@app/router'
import type { Awaitable, Context } from '@app/router'
import type { AnyProcedure, ProcedureType, TRPCError } from '@trpc/server'

/** A call of a procedure. */
export interface ProcedureRun {
  path: string
  type: ProcedureType
  ctx: Context
  /** Called after the guards. It may throw a failure. */
  readInput: () => unknown
  /** Returns the signal that is aborted when the client leaves. */
  signal: () => AbortSignal
}

export type Result = { ok: true; data: unknown } | { ok: false; error: TRPCError } | undefined

/** What a middleware may change for those below it. */
export interface Change {
  ctx?: object
  input?: unknown
}

/** Calls the middlewares below. */
type Next = (change?: Change) => Awaitable<Result>

/** A call on its way through the middlewares. */
export interface Passing {
  run: ProcedureRun
  meta: unknown
  ctx: Context
  input: unknown
}

/**
 * The options of a middleware, as tRPC passes them. A class, because getters make what few middlewares use.
 */
export class Options {
  readonly path: string
  readonly type: ProcedureType
  readonly ctx: Context
  readonly meta: unknown
  readonly input: unknown
  readonly next: Next
  readonly batchIndex = 0
  readonly #run: ProcedureRun

  constructor({ run, ctx, meta, input }: Passing, next: Next) {
    this.path = run.path
    this.type = run.type
    this.ctx = ctx
    this.meta = meta
    this.input = input
    this.next = next
    this.#run = run
  }

  get signal(): AbortSignal {
    return this.#run.signal()
  }

  get getRawInput(): () => Promise<unknown> {
    return async () => this.#run.readInput()
  }
}

type Middleware = ((options: Options) => Awaitable<Result>) & {
  /** `input` or `output` for one that parses, `errors` for one that only formats the errors from below it. */
  _type?: string
}

interface Schema {
  parse(value: unknown): unknown
}

/** A middleware with the schemas and the error handlers around it. */
export interface Layer {
  run: Middleware
  input: Schema | null
  output: Schema | null
  /** Innermost first. */
  handlers: readonly Middleware[]
}

/** What tRPC keeps of a procedure. Its public type shows none of it. */
interface Definition {
  middlewares: Middleware[]
  /** All schemas are of zod. */
  inputs: Schema[]
  output?: Schema
  resolver: (options: Options) => Awaitable<unknown>
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
  const { middlewares, inputs, output, resolver } = procedure._def as object as Definition
  // tRPC merges several inputs.
  const [input, second] = inputs
  const layers: Layer[] = []
  let around = { input: null as Schema | null, output: null as Schema | null, handlers: [] as Middleware[] }
  const add = (run: Middleware) => {
    layers.push({ run, ...around })
    around = { input: null, output: null, handlers: [] }
  }
  // The last middleware is tRPC's, which awaits the resolver.
  for (const middleware of middlewares.slice(0, -1)) {
    if (middleware._type === 'errors') {
      // A handler gets no error from above it.
      if (around.input !== null || around.output !== null) add((options) => options.next())
      around.handlers.unshift(middleware)
    } else if (middleware._type === 'input' && input !== undefined && second === undefined) {
      around.input = input
    } else if (middleware._type === 'output' && output !== undefined) around.output = output
    else add(middleware)
  }
  add((options) => andThen(resolver(options), (data) => ({ ok: true, data })))
  return layers
}
