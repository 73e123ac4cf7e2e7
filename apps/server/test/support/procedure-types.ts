import type { CommonReason, ProtocolReason } from '@app/contract'
import type { AppRouter } from '@app/router'
import type { AnyProcedure, inferProcedureErrorShape, inferProcedureInput } from '@trpc/server'

// Everything here comes from the router's type, so that a test about "every procedure" cannot omit one.

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
export type Path = PathsIn<AppRouter['_def']['record']>

type ProcedureAt<P extends Path> = Extract<ProcedureIn<AppRouter['_def']['record'], P>, AnyProcedure>

/** What a client may send. */
export type InputOf<P extends Path> = inferProcedureInput<ProcedureAt<P>>

type DeclaredBy<Shape> = Shape extends { data: { failure: { reason: infer R extends string } } } ? R : never

/** The failures that a procedure and its guards declare, without the common ones. */
export type OwnFailures<P extends Path> = Exclude<
  DeclaredBy<inferProcedureErrorShape<AppRouter, ProcedureAt<P>>>,
  CommonReason | ProtocolReason
>
