import type { ServerResponse } from 'node:http'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Failure } from '@app/contract'
import { appRouter, chargeReadBytes, responseHeaders } from '@app/router'
import type { Context } from '@app/router'
import { resolveResponse } from '@trpc/server/http'
import { releaseSlot } from '../admission/fair-starts.ts'
import type { InFlightBytes } from '../admission/in-flight-bytes.ts'
import { delayRejection } from '../admission/load-shedding.ts'
import { callFailure } from './call-failure.ts'
import { recordOutcomes } from './call-outcomes.ts'
import type { CallOutcome } from './call-outcomes.ts'
import type { CallQuery } from './call-query.ts'
import { isHeavy } from './procedure-type.ts'
import { sendAnswer } from './send-answer.ts'

interface TrpcCall {
  method: string
  /** The called procedures, separated by commas. */
  names: string
  query: CallQuery
  /** The body of a POST. */
  text: string | undefined
  context: Context
  signal: () => AbortSignal
  startedAt: number
  inFlightBytes: InFlightBytes
}

/** Answers by tRPC's HTTP handler: a batch of several calls, or a wrong method. */
export async function serveByTrpc(response: ServerResponse, call: TrpcCall): Promise<void> {
  const { names, context, startedAt, inFlightBytes } = call
  const failed: FailedCall[] = []
  /** When the calls of a batch that has read a list had ended. */
  let readAt: number | null = null
  const answer = await resolveResponse({
    router: appRouter,
    path: encodeURIComponent(names),
    req: callRequest(call),
    error: null,
    createContext: async () => context,
    responseMeta: ({ ctx, info }) => {
      const outcomes = outcomesOfBatch(info?.calls ?? [], failed)
      recordOutcomes(response, outcomes)
      if (outcomes.some(hasReadList)) readAt = performance.now()
      const failures = failed.map(({ failure }) => failure)
      return { headers: responseHeaders(ctx, failures) }
    },
    onError: ({ error, path, type, ctx }) => {
      const failure = callFailure({ error, path, type, ctx })
      failed.push({ path, failure })
      // Without a path, no procedure has logged it.
      if (path === undefined) context.log.error({ requestId: context.request.id, err: error }, 'tRPC failed')
    },
  })
  // tRPC has made the JSON since then. A batch that got no slot must not delay the lists of others.
  if (readAt !== null) context.heavyReads.restAfter(performance.now() - readAt)
  if (answer.headers.has('retry-after')) await delayRejection(startedAt)
  releaseSlot(response)
  // Building the JSON and the bytes of a batch each take a while: other requests run in between.
  if (context.batch !== null) await yieldToEventLoop()
  await sendAnswer(answer, response, async (bytes) => {
    inFlightBytes.waitForClient(response, bytes)
    await chargeReadBytes(context, bytes)
  })
}

interface FailedCall {
  path: string | undefined
  failure: Failure
}

/** Pairs calls with failures. A batch may call a path more than once: each failure belongs to one call. */
function outcomesOfBatch(calls: readonly { path: string }[], failed: readonly FailedCall[]): CallOutcome[] {
  const left = [...failed]
  return calls.map(({ path }) => {
    const index = left.findIndex((call) => call.path === path)
    const [call] = index === -1 ? [] : left.splice(index, 1)
    return { path, outcome: call?.failure.reason ?? 'ok' }
  })
}

function hasReadList({ path, outcome }: CallOutcome): boolean {
  return outcome === 'ok' && path !== null && isHeavy(path)
}

/** Returns the call as a request for tRPC, without the client's host and other headers. */
function callRequest({ method, query: { isBatch, input }, text, signal }: TrpcCall): Request {
  const query = new URLSearchParams({
    ...(isBatch ? { batch: '1' } : {}),
    ...(input === null ? {} : { input }),
  })
  return new Request(`http://call.invalid/?${query.toString()}`, {
    method,
    signal: signal(),
    headers: { 'content-type': 'application/json' },
    ...(text === undefined ? {} : { body: text }),
  })
}
