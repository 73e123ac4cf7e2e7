import { chargeReadBytes } from '@app/router'
import type { RequestHandler, Response } from 'express'
import { isAllowedOrigin } from '../api/authorization.ts'
import { callForResponse } from '../api/call-procedure.ts'
import { countRejected } from '../api/count-rejected.ts'
import type { OpenStreams } from '../api/open-streams.ts'
import { isDownload, procedureType } from '../api/procedure-type.ts'
import { receiveCall } from '../api/receive-call.ts'
import type { CallDeps } from '../api/receive-call.ts'
import { serveDownload } from '../api/serve-download.ts'
import { clientAddress } from '../http/client-address.ts'
import { sendText } from '../http/send-body.ts'
import { sendFailure } from '../http/send-failure.ts'
import { findRoutes, readMethod } from './find-route.ts'
import type { FoundPath } from './find-route.ts'
import { linkHeaders } from './links.ts'
import { readInput } from './read-input.ts'
import { serveEvents } from './serve-events.ts'

/**
 * Serves the routes under /api/v1. Each calls one procedure, with the limits, guards and audit events of the
 * same call under /trpc. Only methods, paths and the form of requests and responses differ.
 */
export function serveRest(deps: CallDeps & { streams: OpenStreams }): RequestHandler {
  const { services, inFlightBytes, origins, streams } = deps
  return async (request, response) => {
    const startedAt = performance.now()
    const { method, headers } = request
    const found = findRoutes(request.path)
    if (found === undefined) {
      const limited = await countRejected(services, { ip: clientAddress(request), calls: 1, startedAt })
      return sendFailure(response, limited ?? { reason: 'NO_SUCH_PROCEDURE' })
    }
    if (method === 'OPTIONS') return void setAllow(response, found).status(204).end()
    const route = found.routes.get(readMethod(method))
    const isStream = route !== undefined && procedureType(route.procedure) === 'subscription'
    if (route === undefined || (isStream && method === 'HEAD')) {
      return sendFailure(setAllow(response, found), { reason: 'METHOD_NOT_ALLOWED' })
    }
    const { procedure: path, status } = route
    const isChange = readMethod(method) !== 'GET'
    // Other sites may not use up the event streams of a session either.
    if ((isChange || isStream) && !isAllowedOrigin(request, origins())) {
      return sendFailure(response, { reason: 'CROSS_ORIGIN' })
    }
    const bodyType = isChange ? (method === 'PATCH' ? 'patch' : 'json') : null
    const call = { request, response, names: path, bodyType, startedAt } as const
    const received = await receiveCall(deps, call)
    if (received.kind === 'aborted') return
    if (received.kind === 'rejected') {
      if (received.failure.reason === 'UNSUPPORTED_MEDIA_TYPE') setAccept(response, method)
      return sendFailure(response, received.failure, received.path)
    }

    const { body: sentBody, context: ctx, signal, abort } = received
    const search = request.url.slice(request.path.length)
    const { parameters } = found
    const sent = { procedure: path, method, parameters, search, body: sentBody }
    const lastEventId = isStream ? headers['last-event-id'] : undefined
    const readSent = () => readInput({ ...sent, lastEventId })
    const run = { path, ctx, signal, startedAt, readInput: readSent }
    if (isDownload(path)) return serveDownload(response, run)
    if (isStream) return serveEvents(response, { ...run, abort, streams })
    const result = await callForResponse(response, run)
    if (!result.ok) return sendFailure(response, result.failure, path)
    response.statusCode = status
    if (status === 204) return void response.end()
    const { value } = result
    const body = JSON.stringify(value)
    const bytes = Buffer.byteLength(body)
    inFlightBytes.waitForClient(response, bytes)
    await chargeReadBytes(ctx, bytes)
    response.set(linkHeaders({ path: request.path, search, status, value }))
    response.setHeader('Content-Type', 'application/json')
    await sendText(response, body, bytes)
  }
}

function setAllow(response: Response, { routes }: FoundPath): Response {
  const methods = [...routes].flatMap(([method, { procedure }]) =>
    method === 'GET' && procedureType(procedure) !== 'subscription' ? [method, 'HEAD'] : [method],
  )
  if (routes.has('PATCH')) response.set('Accept-Patch', patchTypes)
  return response.set('Allow', [...methods, 'OPTIONS'].join(', '))
}

/** RFC 5789 section 2.2 and RFC 9110 section 15.5.16. */
function setAccept(response: Response, method: string): void {
  if (method === 'PATCH') response.set('Accept-Patch', patchTypes)
  else response.set('Accept', 'application/json')
}

const patchTypes = 'application/merge-patch+json, application/json'
