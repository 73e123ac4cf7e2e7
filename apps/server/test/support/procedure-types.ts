import type { CommonReason, ProtocolReason } from '@app/contract'
import type { AppRouter } from '@app/router'
import type { inferProcedureErrorShape } from '@trpc/server'
import type { ProcedureAt, ProcedurePath } from '../../src/api/procedure-path.ts'

export type { InputOf, ProcedurePath as Path } from '../../src/api/procedure-path.ts'

type DeclaredBy<Shape> = Shape extends { data: { failure: { reason: infer R extends string } } } ? R : never

/** The failures that a procedure and its guards declare, without the common ones. */
export type OwnFailures<P extends ProcedurePath> = Exclude<
  DeclaredBy<inferProcedureErrorShape<AppRouter, ProcedureAt<P>>>,
  CommonReason | ProtocolReason
>
