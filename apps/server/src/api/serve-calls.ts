import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Failure } from '@app/contract'
import { appRouter, chargeReadBytes, responseHeaders } from '@app/router'
import type { Services } from '@app/router'
import { resolveResponse } from '@trpc/server/http'
import { releaseSlot } from '../admission/fair-starts.ts'
import type { InFlightBytes } from '../admission/in-flight-bytes.ts'
import { delayRejection } from '../admission/load-shedding.ts'
import { requestIdOf } from '../http/request-id.ts'
import { sendFailure } from '../http/send-failure.ts'
import type { Step } from '../http/steps.ts'
import { isAllowedOrigin } from './authorization.ts'
import { isRejectedBatch } from './batch-rule.ts'
import { callFailure } from './call-failure.ts'
import { recordOutcomes } from './call-outcomes.ts'
import type { CallOutcome } from './call-outcomes.ts'
import type { CallQuery } from './call-query.ts'
import { callTarget } from './call-target.ts'
import type { OpenStreams } from './open-streams.ts'
import { parseInput, plainCallOf } from './plain-call.ts'
import { isDownload, isQueryWithSideEffects, procedureType } from './procedure-type.ts'
import { receiveCall } from './receive-call.ts'
import { sendAnswer } from './send-answer.ts'
import { serveDownload } from './serve-download.ts'
import { servePlainCall } from './serve-plain-call.ts'
import { serveSubscription } from './serve-subscription.ts'

interface CallOptions {
  services: Services
  inFlightBytes: InFlightBytes
  /** Origins whose pages may call. */
  origins: () => readonly string[]
  streams: OpenStreams
  /** Whether tRPC's HTTP handler answers plain calls too. */
  answersAllByTrpc?: boolean
}

/**
 * Rejects every request that is not a well-formed call, in this order, so that tRPC gets only a path, a
 * method and JSON.
 */
export function serveCalls(options: CallOptions): Step {
  const { services, inFlightBytes, origins, streams, answersAllByTrpc = false } = options
  return async (request, response) => {
    const startedAt = performance.now()
    const { method = '', headers } = request
    if (method === 'POST' && !isAllowedOrigin(request, origins())) {
      return sendFailure(response, { reason: 'CROSS_ORIGIN' })
    }
    if (method !== 'GET' && method !== 'POST') {
      response.setHeader('Allow', 'GET, POST')
      return sendFailure(response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    const { names, query } = callTarget(request.url ?? '')
    if (names === null) return sendFailure(response, { reason: 'NO_SUCH_PROCEDURE' })
    if (isRejectedBatch(request, names, query.isBatch)) {
      return sendFailure(response, { reason: 'BATCH_REFUSED' })
    }
    const isStream = procedureType(names) === 'subscription'
    // Other sites may not use up the event streams of a session, nor cause side effects by GET.
    if ((isStream || isQueryWithSideEffects(names)) && !isAllowedOrigin(request, origins())) {
      return sendFailure(response, { reason: 'CROSS_ORIGIN' })
    }
    if (isStream && method !== 'GET') {
      response.setHeader('Allow', 'GET')
      return sendFailure(response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    const bodyType = method === 'POST' ? 'json' : null
    const call = { request, response, names, startedAt, bodyType } as const
    const received = await receiveCall({ services, inFlightBytes }, call)
    if (received.kind === 'aborted') return
    if (received.kind === 'rejected') return sendFailure(response, received.failure, received.path)
    const { text, context, signal, abort } = received
    if (isDownload(names)) {
      const readInput = () => parseInput(query.input)
      return serveDownload(response, { path: names, ctx: context, readInput, signal, startedAt })
    }
    if (isStream) {
      // The header is newer than the address, which an `EventSource` keeps.
      const lastEventId = String(headers['last-event-id'] ?? query.lastEventId ?? '') || undefined
      const { input } = query
      const call = { path: names, ctx: context, input, lastEventId, signal, abort, startedAt, streams }
      return serveSubscription(response, call)
    }
    const plain = answersAllByTrpc ? null : plainCallOf(method, names, query, text)
    if (plain !== null) {
      return servePlainCall(response, plain, { ctx: context, signal, inFlightBytes, startedAt })
    }
    const failed: FailedCall[] = []
    const answer = await resolveResponse({
      router: appRouter,
      path: encodeURIComponent(names),
      req: callRequest(method, query, text, signal()),
      error: null,
      createContext: async () => context,
      responseMeta: ({ ctx, info }) => {
        recordOutcomes(response, outcomesOfBatch(info?.calls ?? [], failed))
        const failures = failed.map(({ failure }) => failure)
        return { headers: responseHeaders(ctx, failures) }
      },
      onError: ({ error, path, type, ctx }) => {
        const failure = callFailure({ error, path, type, ctx })
        failed.push({ path, failure })
        // Without a path, no procedure has logged it.
        if (path === undefined)
          services.log.error({ requestId: requestIdOf(response), err: error }, 'tRPC failed')
      },
    })
    if (answer.headers.has('retry-after')) await delayRejection(startedAt)
    releaseSlot(response)
    // Building the JSON and the bytes of a batch each take a while: other requests run in between.
    if (context.batch !== null) await yieldToEventLoop()
    await sendAnswer(answer, response, async (bytes) => {
      inFlightBytes.waitForClient(response, bytes)
      await chargeReadBytes(context, bytes)
    })
  }
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

/** Returns the call as a request for tRPC, without the client's host and other headers. */
function callRequest(
  method: string,
  { isBatch, input }: CallQuery,
  text: string | undefined,
  signal: AbortSignal,
): Request {
  const query = new URLSearchParams({
    ...(isBatch ? { batch: '1' } : {}),
    ...(input === null ? {} : { input }),
  })
  return new Request(`http://call.invalid/?${query.toString()}`, {
    method,
    signal,
    headers: { 'content-type': 'application/json' },
    ...(text === undefined ? {} : { body: text }),
  })
}
