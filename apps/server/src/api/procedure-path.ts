import type { AppRouter } from '@app/router'
import type {
  AnyProcedure,
  inferProcedureInput,
  inferTransformedProcedureOutput,
  ProcedureType,
} from '@trpc/server'

// Everything here comes from the router's type, so that a table of all procedures cannot omit one.

type PathsIn<Routes, Prefix extends string = ''> = {
  [Name in keyof Routes & string]: Routes[Name] extends AnyProcedure
    ? `${Prefix}${Name}`
    : PathsIn<Routes[Name], `${Prefix}${Name}.`>
}[keyof Routes & string]

type ProcedureIn<Routes, P extends string> = P extends `${infer Name}.${infer Rest}`
  ? Name extends keyof Routes
    ? ProcedureIn<Routes[Name], Rest>
    : never
  : P extends keyof Routes
    ? Routes[P]
    : never

/** The path of a procedure: `users.list`. */
export type ProcedurePath = PathsIn<AppRouter['_def']['record']>

export type ProcedureAt<P extends ProcedurePath> = Extract<
  ProcedureIn<AppRouter['_def']['record'], P>,
  AnyProcedure
>

/** What a client may send. */
export type InputOf<P extends ProcedurePath> = inferProcedureInput<ProcedureAt<P>>

/** What a client gets: JSON. */
export type OutputOf<P extends ProcedurePath> = inferTransformedProcedureOutput<AppRouter, ProcedureAt<P>>

/** Whether a procedure is a query, a mutation or a subscription. */
export type TypeOf<P extends ProcedurePath> = ProcedureAt<P>['_def']['type'] & ProcedureType
