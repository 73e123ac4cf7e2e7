import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Failure } from '@app/contract'
import { appRouter, chargeReadBytes, createContext, responseHeaders } from '@app/router'
import type { Services } from '@app/router'
import { resolveResponse } from '@trpc/server/http'
import type { Request as HttpRequest, RequestHandler, Response as HttpResponse } from 'express'
import { callerOf, waitedMs } from '../admission/admission.ts'
import { maxAnswerBytes, maxBodyBytes } from '../admission/call-bytes.ts'
import { releaseSlot } from '../admission/fair-starts.ts'
import type { InFlightBytes } from '../admission/in-flight-bytes.ts'
import { busyFailure, delayRejection } from '../admission/load-shedding.ts'
import { clientAddress } from '../http/client-address.ts'
import { requestIdOf } from '../http/request-id.ts'
import { sendFailure } from '../http/send-failure.ts'
import { isRejectedBatch } from './batch-rule.ts'
import { callFailure } from './call-failure.ts'
import { recordOutcomes } from './call-outcomes.ts'
import type { CallOutcome } from './call-outcomes.ts'
import { isTrustedOrigin } from './origin.ts'
import { procedureNames } from './procedure-names.ts'
import { isDownload, isQueryWithSideEffects, procedureType } from './procedure-type.ts'
import { readBody } from './read-body.ts'
import { sendAnswer } from './send-answer.ts'
import { serveDownload } from './serve-download.ts'

interface CallOptions {
  services: Services
  inFlightBytes: InFlightBytes
  /** Origins whose pages may call. */
  origins: () => readonly string[]
  /** Ends event streams when the server stops. */
  stopping: AbortSignal
}

/**
 * Rejects every request that is not a well-formed call, in this order, so that tRPC gets only a path, a
 * method and JSON.
 */
export function serveCalls({ services, inFlightBytes, origins, stopping }: CallOptions): RequestHandler {
  return async (request, response) => {
    const startedAt = performance.now()
    const { method, headers } = request
    if (method === 'POST' && !isTrustedOrigin(headers, origins())) {
      return sendFailure(response, { reason: 'CROSS_ORIGIN' })
    }
    if (method !== 'GET' && method !== 'POST') {
      response.set('Allow', 'GET, POST')
      return sendFailure(response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    const names = procedureNames(request.path)
    if (names === null) return sendFailure(response, { reason: 'NO_SUCH_PROCEDURE' })
    const query = callQuery(request)
    if (isRejectedBatch(request, names, query.get('batch') === '1')) {
      return sendFailure(response, { reason: 'BATCH_REFUSED' })
    }
    const isStream = procedureType(names) === 'subscription'
    // Other sites may not use up the event streams of a session, nor cause side effects by GET.
    if ((isStream || isQueryWithSideEffects(names)) && !isTrustedOrigin(headers, origins())) {
      return sendFailure(response, { reason: 'CROSS_ORIGIN' })
    }
    if (isStream && method !== 'GET') {
      response.set('Allow', 'GET')
      return sendFailure(response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    const caller = callerOf(response)
    const hasRoom = (bytes: number) =>
      caller === undefined || inFlightBytes.reserve(response, caller.key, bytes)
    const noRoom = { reason: 'UNAVAILABLE', retryAfterSeconds: 1 } as const
    let text: string | undefined
    if (method === 'POST') {
      const bytes = maxBodyBytes(request)
      if (!hasRoom(bytes)) return sendFailure(response, noRoom, names)
      inFlightBytes.waitForClient(response, bytes)
      // A body may arrive slowly, and mutations are few: they do not count among the running calls.
      releaseSlot(response)
      const body = await readBody(request)
      if (body.kind === 'aborted') return
      if (body.kind === 'rejected') return sendFailure(response, body.failure)
      text = body.text
    }
    if (!hasRoom(maxBodyBytes(request) + maxAnswerBytes(names))) return sendFailure(response, noRoom, names)
    const client = { ip: clientAddress(request), cookie: headers.cookie }
    const busy = method === 'POST' ? busyFailure(services, names, client) : null
    if (busy !== null) {
      await delayRejection(startedAt)
      return sendFailure(response, busy, names)
    }

    const clientLeft = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) clientLeft.abort()
    })
    const context = createContext(services, {
      ...requestFacts(request, response, names),
      claims: caller?.claims,
    })
    if (isDownload(names)) {
      const input = query.get('input')
      return serveDownload(response, {
        path: names,
        ctx: context,
        input,
        signal: clientLeft.signal,
        startedAt,
      })
    }
    const failed: FailedCall[] = []
    const answer = await resolveResponse({
      router: appRouter,
      path: encodeURIComponent(names),
      req: callRequest(method, query, text, clientLeft.signal, headers['last-event-id']),
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
        // A stream has status 200 from the start; its failure is an event.
        if (path !== undefined && type === 'subscription') {
          recordOutcomes(response, [{ path, outcome: failure.reason }])
        }
        // Without a path, no procedure has logged it.
        if (path === undefined)
          services.log.error({ requestId: requestIdOf(response), err: error }, 'tRPC failed')
      },
    })
    if (answer.headers.has('retry-after')) await delayRejection(startedAt)
    releaseSlot(response)
    // Building the JSON and the bytes of a batch each take a while: other requests run in between.
    if (context.batch !== null) await yieldToEventLoop()
    await sendAnswer(answer, response, {
      stopping,
      charge: async (bytes) => {
        inFlightBytes.waitForClient(response, bytes)
        await chargeReadBytes(context, bytes)
      },
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

/** Returns the parameters that tRPC reads, without any others. */
function callQuery({ url }: HttpRequest): URLSearchParams {
  const given = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '')
  const wanted = new URLSearchParams()
  for (const name of ['batch', 'input', 'lastEventId']) {
    const value = given.get(name)
    if (value !== null) wanted.set(name, value)
  }
  return wanted
}

/** Returns the call as a request for tRPC, without the client's host and other headers. */
function callRequest(
  method: string,
  query: URLSearchParams,
  text: string | undefined,
  signal: AbortSignal,
  lastEventId: string | string[] | undefined,
): Request {
  return new Request(`http://call.invalid/?${query.toString()}`, {
    method,
    signal,
    headers: {
      'content-type': 'application/json',
      ...(typeof lastEventId === 'string' ? { 'last-event-id': lastEventId } : {}),
    },
    ...(text === undefined ? {} : { body: text }),
  })
}

function requestFacts(request: HttpRequest, response: HttpResponse, names: string) {
  return {
    id: requestIdOf(response),
    ip: clientAddress(request),
    userAgent: request.headers['user-agent'] ?? null,
    cookie: request.headers.cookie,
    calls: names.split(',').length,
    waitedMs: waitedMs(response),
  }
}
