import { setImmediate as nextTurnOfTheLoop } from 'node:timers/promises'

import type { Failure } from '@app/contract'
import { appRouter, chargeBytes, createContext, responseHeaders, type Services } from '@app/router'
import { resolveResponse } from '@trpc/server/http'
import type { Request as HttpRequest, RequestHandler, Response as HttpResponse } from 'express'

import { callerOf, waitedMs } from '../admission/admission.ts'
import { maxAnswerBytes, maxBodyBytes } from '../admission/call-bytes.ts'
import { releaseSlot } from '../admission/fair-starts.ts'
import type { InFlightBytes } from '../admission/in-flight-bytes.ts'
import { busyFailure, delayRejection } from '../admission/load-shedding.ts'
import { clientAddress } from '../http/client-address.ts'
import { refuse } from '../http/send-failure.ts'
import { requestIdOf } from '../http/request-id.ts'
import { isRefusedBatch } from './batch-rule.ts'
import { callFailure } from './call-failure.ts'
import { recordOutcomes, type CallOutcome } from './call-outcomes.ts'
import { isTrustedOrigin } from './origin.ts'
import { procedureNames } from './procedure-names.ts'
import { isDownload, isWritingQuery, procedureType } from './procedure-type.ts'
import { readBody } from './read-body.ts'
import { sendAnswer } from './send-answer.ts'
import { serveDownload } from './serve-download.ts'

interface CallOptions {
  services: Services
  inFlightBytes: InFlightBytes
  /** Pages from which calls may come. */
  origins: () => readonly string[]
  /** Ends streams that would go on for ever. */
  stopping: AbortSignal
}

/**
 * The way of a call through HTTP: everything that is not a well-formed call is refused here, in this order, so that tRPC only
 * ever sees a path, a method and JSON.
 */
export function serveCalls({ services, inFlightBytes, origins, stopping }: CallOptions): RequestHandler {
  return async (request, response) => {
    const startedAt = performance.now()
    const { method, headers } = request
    if (method === 'POST' && !isTrustedOrigin(headers, origins())) {
      return refuse(response, { reason: 'CROSS_ORIGIN' })
    }
    if (method !== 'GET' && method !== 'POST') {
      response.set('Allow', 'GET, POST')
      return refuse(response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    const names = procedureNames(request.path)
    if (names === null) return refuse(response, { reason: 'NO_SUCH_PROCEDURE' })
    const query = callQuery(request)
    if (isRefusedBatch(request, names, query.get('batch') === '1')) {
      return refuse(response, { reason: 'BATCH_REFUSED' })
    }
    const isStream = procedureType(names) === 'subscription'
    // A stream takes one of the places that its session has, and some queries leave something behind: for no other site.
    if ((isStream || isWritingQuery(names)) && !isTrustedOrigin(headers, origins())) {
      return refuse(response, { reason: 'CROSS_ORIGIN' })
    }
    if (isStream && method !== 'GET') {
      response.set('Allow', 'GET')
      return refuse(response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    const caller = callerOf(response)
    const hasRoom = (bytes: number) =>
      caller === undefined || inFlightBytes.reserve(response, caller.key, bytes)
    const noRoom = { reason: 'UNAVAILABLE', retryAfterSeconds: 1 } as const
    let text: string | undefined
    if (method === 'POST') {
      const bytes = maxBodyBytes(request)
      if (!hasRoom(bytes)) return refuse(response, noRoom, names)
      inFlightBytes.waitForClient(response, bytes)
      // A body may come slowly, and mutations are few: they take no place among the calls that run.
      releaseSlot(response)
      const body = await readBody(request)
      if (body === null) return
      if ('refused' in body) return refuse(response, body.refused)
      text = body.text
    }
    if (!hasRoom(maxBodyBytes(request) + maxAnswerBytes(names))) return refuse(response, noRoom, names)
    const client = { ip: clientAddress(request), cookie: headers.cookie }
    const busy = method === 'POST' ? busyFailure(services, names, client) : null
    if (busy !== null) {
      await delayRejection(startedAt)
      return refuse(response, busy, names)
    }

    const hungUp = new AbortController()
    response.once('close', () => {
      if (!response.writableFinished) hungUp.abort()
    })
    const context = createContext(services, {
      ...requestFacts(request, response, names),
      claims: caller?.claims,
    })
    if (isDownload(names)) {
      const input = query.get('input')
      return serveDownload(response, { path: names, ctx: context, input, signal: hungUp.signal, startedAt })
    }
    const failed: FailedCall[] = []
    const answer = await resolveResponse({
      router: appRouter,
      path: encodeURIComponent(names),
      req: callRequest(method, query, text, hungUp.signal, headers['last-event-id']),
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
        // The answer of a stream is 200 before it is known whether it begins; its failure is an event.
        if (path !== undefined && type === 'subscription') {
          recordOutcomes(response, [{ path, outcome: failure.reason }])
        }
        // A procedure has logged its own.
        if (path === undefined)
          services.log.error({ requestId: requestIdOf(response), err: error }, 'tRPC failed')
      },
    })
    if (answer.headers.has('retry-after')) await delayRejection(startedAt)
    releaseSlot(response)
    // The JSON of a batch was made in one piece, and its bytes are made in another one.
    if (context.batch !== null) await nextTurnOfTheLoop()
    await sendAnswer(answer, response, {
      stopping,
      charge: async (bytes) => {
        inFlightBytes.waitForClient(response, bytes)
        await chargeBytes(context, bytes)
      },
    })
  }
}

interface FailedCall {
  path: string | undefined
  failure: Failure
}

/** A batch may call a path more than once: each failure is that of one call. */
function outcomesOfBatch(calls: readonly { path: string }[], failed: readonly FailedCall[]): CallOutcome[] {
  const left = [...failed]
  return calls.map(({ path }) => {
    const index = left.findIndex((call) => call.path === path)
    const [call] = index === -1 ? [] : left.splice(index, 1)
    return { path, outcome: call?.failure.reason ?? 'ok' }
  })
}

/** What tRPC reads of a query string; other parameters have no meaning to a call. */
function callQuery({ url }: HttpRequest): URLSearchParams {
  const given = new URLSearchParams(url.includes('?') ? url.slice(url.indexOf('?')) : '')
  const wanted = new URLSearchParams()
  for (const name of ['batch', 'input', 'lastEventId']) {
    const value = given.get(name)
    if (value !== null) wanted.set(name, value)
  }
  return wanted
}

/** The call as tRPC takes it. Its host and its other headers are the caller's words and mean nothing to a procedure. */
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
