import type { Failure } from '@app/contract'
import { appRouter } from '@app/router'
import type { Context } from '@app/router'
import { getTRPCErrorShape } from '@trpc/server'
import type { ProcedureType, TRPCError } from '@trpc/server'

interface FailedCall {
  error: TRPCError
  path: string | undefined
  type: ProcedureType | 'unknown'
  ctx: Context | undefined
}

/** Returns the failure that the client of a call gets for an error that the call threw. */
export function callFailure(call: FailedCall): Failure {
  const config = appRouter._def._config
  return getTRPCErrorShape({ config, input: undefined, ...call }).data.failure
}
