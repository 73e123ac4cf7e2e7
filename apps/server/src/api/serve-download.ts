import { appRouter, responseHeaders } from '@app/router'
import type { Context } from '@app/router'
import { callTRPCProcedure, getTRPCErrorFromUnknown, TRPCError } from '@trpc/server'
import type { Response } from 'express'
import { releaseSlot } from '../admission/fair-starts.ts'
import { delayRejection } from '../admission/load-shedding.ts'
import { sendPieces } from '../http/send-body.ts'
import { sendFailure } from '../http/send-failure.ts'
import { callFailure } from './call-failure.ts'
import { recordOutcomes } from './call-outcomes.ts'

interface DownloadCall {
  path: string
  ctx: Context
  /** JSON text, as in the query string. */
  input: string | null
  signal: AbortSignal
  startedAt: number
}

/**
 * Calls a query that returns an iterable of text, and sends the text as the body: a JSON file, without the
 * envelope of other responses. A failure before the first piece is sent like any other. A later one aborts
 * the body, so that no client takes it for complete.
 */
export async function serveDownload(response: Response, { startedAt, ...call }: DownloadCall): Promise<void> {
  const { path, ctx, input, signal } = call
  const failureOf = (cause: unknown) =>
    callFailure({ path, type: 'query', ctx, error: getTRPCErrorFromUnknown(cause) })
  const setCookies = () => response.setHeaders(responseHeaders(ctx, []))
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
    const pieces = (await callTRPCProcedure({
      router: appRouter,
      path,
      type: 'query',
      ctx,
      signal,
      batchIndex: 0,
      getRawInput: async () => parseInput(input),
    })) as AsyncIterable<string>
    setCookies()
    recordOutcomes(response, [{ path, outcome: 'ok' }])
    response.type('json')
    releaseSlot(response)
    await sendPieces(response, recordFailure(pieces))
  } catch (cause) {
    const failure = failureOf(cause)
    if ('retryAfterSeconds' in failure) await delayRejection(startedAt)
    setCookies()
    sendFailure(response, failure, path)
  }
}

function parseInput(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
}
