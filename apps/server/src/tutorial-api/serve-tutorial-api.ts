import { failures } from '@app/contract'
import type { Failure } from '@app/contract'
import { chargeReadBytes } from '@app/router'
import type { RequestHandler, Response } from 'express'
import { callForResponse } from '../api/call-procedure.ts'
import { isJsonObject } from '../api/json-object.ts'
import { isTrustedOrigin } from '../api/origin.ts'
import { rolesOf } from '../api/procedure-type.ts'
import { receiveCall } from '../api/receive-call.ts'
import type { CallDeps } from '../api/receive-call.ts'
import { sendBody } from '../http/send-body.ts'
import { recordFailure } from '../http/send-failure.ts'
import { failureEnvelope } from './envelope.ts'
import type { Envelope } from './envelope.ts'
import { failureMessage } from './failure-message.ts'
import type { FailedRequest } from './failure-message.ts'
import { findMethods } from './find-route.ts'
import type { Fields } from './route.ts'

/**
 * Serves the addresses of the tutorials under /api. Each calls one procedure, with the limits, guards and
 * audit events of the same call under /trpc. Only paths, names of fields and responses differ.
 */
export function serveTutorialApi(deps: CallDeps): RequestHandler {
  const { inFlightBytes, origins } = deps
  return async (request, response, next) => {
    const startedAt = performance.now()
    const { method, headers } = request
    const methods = findMethods(request.path)
    if (methods === undefined) return next()
    const choose = methods.get(method)
    if (choose === undefined) {
      response.set('Allow', [...methods.keys()].join(', '))
      return reject(response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    const hasBody = method !== 'GET'
    if (hasBody && !isTrustedOrigin(headers, origins())) return reject(response, { reason: 'CROSS_ORIGIN' })
    // An ignored `id` would mean the account of the caller, which DELETE closes.
    if (hasBody && /\?./.test(request.url)) return reject(response, fieldsInQuery)
    const bodyType = hasBody ? 'json' : null
    const call = { request, response, names: choose({}).procedure, bodyType, startedAt } as const
    const received = await receiveCall(deps, call)
    if (received.kind === 'aborted') return
    if (received.kind === 'rejected') return reject(response, received.failure, { path: received.path })

    const { context, signal } = received
    const body = received.body === undefined ? queryOf(request.url) : received.body.value
    const fields = isJsonObject(body) ? body : null
    const { procedure: path, input, answer } = choose(fields ?? {})
    const result = await callForResponse(response, {
      path,
      ctx: context,
      signal,
      // The schema rejects what is no object.
      readInput: () => (fields === null ? body : input(fields)),
      startedAt,
    })
    if (!result.ok) {
      const hasToken = context.sessionCookie.read(context.cookies) !== undefined
      return reject(response, result.failure, { path, fields, hasBody, hasToken, roles: rolesOf(path) })
    }
    const { status, nextPage, ...envelope } = answer(result.value, fields ?? {})
    if (nextPage !== undefined) {
      response.set('Link', `<${request.baseUrl}${request.path}?${nextPage.toString()}>; rel="next"`)
    }
    await send(response.status(status), envelope, async (bytes) => {
      inFlightBytes.waitForClient(response, bytes)
      await chargeReadBytes(context, bytes)
    })
  }
}

const fieldsInQuery: Failure = {
  reason: 'INVALID_INPUT',
  fields: {},
  form: ['Send the fields in the body, not in the query string.'],
}

interface Rejected extends Partial<FailedRequest> {
  path?: string | undefined
}

async function reject(
  response: Response,
  failure: Failure,
  { path, ...request }: Rejected = {},
): Promise<void> {
  recordFailure(response, failure, path)
  const { status } = failures[failure.reason]
  const message = failureMessage(failure, {
    fields: {},
    hasBody: false,
    hasToken: false,
    roles: [],
    ...request,
  })
  await send(response.status(status), failureEnvelope(status, message))
}

async function send(
  response: Response,
  envelope: Envelope,
  charge?: (bytes: number) => Promise<void>,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(envelope))
  await charge?.(bytes.length)
  await sendBody(response.type('json'), bytes)
}

/** Returns the parameters of a query string; of a repeated one the first. */
function queryOf(url: string): Fields {
  const query = new URLSearchParams(url.split('?').slice(1).join('?'))
  return Object.fromEntries([...query].toReversed())
}
