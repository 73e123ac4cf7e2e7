import type { ServerResponse } from 'node:http'
import type { Failure } from '@app/contract'
import { responseHeaders } from '@app/router'
import { getTRPCErrorFromUnknown } from '@trpc/server'
import { releaseSlot } from '../admission/fair-starts.ts'
import { delayRejection } from '../admission/load-shedding.ts'
import { sendPieces } from '../http/send-body.ts'
import { sendFailure } from '../http/send-failure.ts'
import { callFailure } from './call-failure.ts'
import { recordOutcomes } from './call-outcomes.ts'
import type { ProcedureRun } from './procedure-layers.ts'
import { runProcedure } from './run-procedure.ts'

interface DownloadCall extends Omit<ProcedureRun, 'type'> {
  startedAt: number
}

/**
 * Calls a query that returns an iterable of text, and sends the text as the body: a JSON file, without the
 * envelope of other responses. A failure before the first piece is sent like any other. A later one aborts
 * the body, so that no client takes it for complete.
 */
export async function serveDownload(
  response: ServerResponse,
  { startedAt, ...call }: DownloadCall,
): Promise<void> {
  const { path, ctx } = call
  const failureOf = (cause: unknown) =>
    callFailure({ path, type: 'query', ctx, error: getTRPCErrorFromUnknown(cause) })
  const setHeaders = (failures: Failure[]) => response.setHeaders(responseHeaders(ctx, failures))
  async function* recordFailure(pieces: AsyncIterable<string>): AsyncGenerator<string> {
    try {
      yield* pieces
    } catch (cause) {
      recordOutcomes(response, [{ path, outcome: failureOf(cause).reason }])
      throw cause
    }
  }

  try {
    // Sound: only procedures with `download` in their meta come here.
    const pieces = (await runProcedure({ ...call, type: 'query' })) as AsyncIterable<string>
    setHeaders([])
    recordOutcomes(response, [{ path, outcome: 'ok' }])
    response.setHeader('Content-Type', 'application/json; charset=utf-8')
    releaseSlot(response)
    await sendPieces(response, recordFailure(pieces))
  } catch (cause) {
    const failure = failureOf(cause)
    if ('retryAfterSeconds' in failure) await delayRejection(startedAt)
    setHeaders([failure])
    sendFailure(response, failure, path)
  }
}
