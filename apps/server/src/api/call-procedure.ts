import type { ServerResponse } from 'node:http'
import type { Failure } from '@app/contract'
import { responseHeaders } from '@app/router'
import { getTRPCErrorFromUnknown } from '@trpc/server'
import type { TRPCError } from '@trpc/server'
import { releaseSlot } from '../admission/fair-starts.ts'
import { delayRejection } from '../admission/load-shedding.ts'
import { recordFailure } from '../http/send-failure.ts'
import { callFailure } from './call-failure.ts'
import { recordOutcomes } from './call-outcomes.ts'
import type { ProcedureRun } from './procedure-layers.ts'
import { procedureType } from './procedure-type.ts'
import { runProcedure } from './run-procedure.ts'

type ProcedureCall = Omit<ProcedureRun, 'type'>

export type CallResult = { ok: true; value: unknown } | { ok: false; failure: Failure; error: TRPCError }

/** Calls one procedure, with all its guards and limits, and returns its value or its failure. */
async function callProcedure(call: ProcedureCall): Promise<CallResult> {
  const { path, ctx } = call
  const type = procedureType(path) ?? 'query'
  try {
    const value = await runProcedure({ ...call, type })
    return { ok: true, value }
  } catch (cause) {
    const error = getTRPCErrorFromUnknown(cause)
    return { ok: false, failure: callFailure({ path, type, ctx, error }), error }
  }
}

/**
 * Calls one procedure for a request. Records its outcome, and sets the headers of the response, as
 * `responseHeaders` returns them.
 * @param startedAt when the request came, by `performance.now()`
 */
export async function callForResponse(
  response: ServerResponse,
  { startedAt, ...call }: ProcedureCall & { startedAt: number },
): Promise<CallResult> {
  const result = await callProcedure(call)
  if (result.ok) recordOutcomes(response, [{ path: call.path, outcome: 'ok' }])
  else {
    if ('retryAfterSeconds' in result.failure) await delayRejection(startedAt)
    recordFailure(response, result.failure, call.path)
  }
  response.setHeaders(responseHeaders(call.ctx, result.ok ? [] : [result.failure]))
  releaseSlot(response)
  return result
}
