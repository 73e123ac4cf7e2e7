import { andThen } from '@app/router'
import { clientAddress } from '../http/client-address.ts'
import { sendFailure } from '../http/send-failure.ts'
import type { Step } from '../http/steps.ts'
import { isAllowedOrigin } from './authorization.ts'
import { isRejectedBatch } from './batch-rule.ts'
import { callTarget } from './call-target.ts'
import { countRejected } from './count-rejected.ts'
import type { OpenStreams } from './open-streams.ts'
import { parseInput, plainCallOf } from './plain-call.ts'
import { isDownload, isQueryWithSideEffects, procedureType } from './procedure-type.ts'
import { receiveCall } from './receive-call.ts'
import type { CallDeps } from './receive-call.ts'
import { serveByTrpc } from './serve-by-trpc.ts'
import { serveDownload } from './serve-download.ts'
import { servePlainCall } from './serve-plain-call.ts'
import { serveSubscription } from './serve-subscription.ts'

interface TrpcDeps extends CallDeps {
  streams: OpenStreams
  /** Whether tRPC's HTTP handler answers plain calls too. */
  answersAllByTrpc: boolean
}

/**
 * Rejects every request that is not a well-formed call, in this order, so that tRPC gets only a path, a
 * method and JSON.
 */
export function serveCalls(deps: TrpcDeps): Step {
  const { services, inFlightBytes, origins, streams, answersAllByTrpc } = deps
  return (request, response) => {
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
    const type = procedureType(names)
    const unknown = type === undefined ? unknownCalls(names, query.isBatch) : 0
    if (unknown > 0) {
      const rejected = { ip: clientAddress(request), calls: unknown, startedAt }
      return andThen(countRejected(services, rejected), (limited) =>
        sendFailure(response, limited ?? { reason: 'NO_SUCH_PROCEDURE' }, names),
      )
    }
    const isStream = type === 'subscription'
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
    return andThen(receiveCall(deps, call), (received) => {
      if (received.kind === 'aborted') return
      if (received.kind === 'rejected') return sendFailure(response, received.failure, received.path)
      const { body, context, signal, abort } = received
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
      const text = body?.text
      const plain = answersAllByTrpc ? null : plainCallOf(method, names, query, body)
      return plain === null
        ? serveByTrpc(response, { method, names, query, text, context, signal, startedAt, inFlightBytes })
        : servePlainCall(response, plain, { ctx: context, signal, inFlightBytes, startedAt })
    })
  }
}

/** Returns the number of calls if no procedure of them exists, otherwise 0. */
function unknownCalls(names: string, isBatch: boolean): number {
  const calls = isBatch ? names.split(',') : [names]
  return calls.every((name) => procedureType(name) === undefined) ? calls.length : 0
}
