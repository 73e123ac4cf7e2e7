import type { IncomingMessage, ServerResponse } from 'node:http'
import { failures } from '@app/contract'
import type { Failure, ProtocolReason } from '@app/contract'
import { failureShape } from '@app/router'
import { isApiPath } from '../api/api-path.ts'
import { recordOutcomes } from '../api/call-outcomes.ts'
import { problemOf, problemType } from '../rest/problem.ts'
import { isRestPath } from '../rest/rest-path.ts'
import { sendErrorPage } from './error-page.ts'
import { prefersHtml } from './negotiation.ts'
import { requestIdOf } from './request-id.ts'
import { requestPath } from './request-path.ts'
import { sendText } from './send-body.ts'

/** A failure that the host returns before any procedure runs. */
export type HostFailure = Failure<
  ProtocolReason | 'INVALID_INPUT' | 'INTERNAL' | 'BUSY' | 'UNAVAILABLE' | 'RATE_LIMITED'
>

/**
 * Sends a failure in the shape of every failed call, under /api/v1 as problem details, and records it as the
 * outcome.
 * @param path the procedure, if it declares the failure
 */
export function sendFailure(response: ServerResponse, failure: Failure, path?: string): void {
  recordFailure(response, failure, path)
  const requestId = requestIdOf(response)
  const isRest = isRestPath(requestPath(response.req))
  const body = isRest ? problemOf(failure, requestId) : { error: failureShape(failure, { path, requestId }) }
  const text = JSON.stringify(body)
  const { status } = failures[failure.reason]
  // RFC 9110 section 15.5.2. A challenge to an access token says more, and is there already.
  if (isRest && status === 401 && !response.hasHeader('WWW-Authenticate'))
    response.setHeader('WWW-Authenticate', 'Bearer')
  response.statusCode = status
  response.setHeader('Cache-Control', 'no-store')
  response.setHeader('Content-Type', isRest ? problemType : 'application/json; charset=utf-8')
  void sendText(response, text, Buffer.byteLength(text))
}

/**
 * Sends a failure as an error page to a browser that opens a page or submits a form, and to other clients as
 * `sendFailure` does.
 */
export function sendPageFailure(
  request: IncomingMessage,
  response: ServerResponse,
  failure: HostFailure,
): void {
  if (isApiPath(requestPath(request)) || !prefersHtml(request)) return sendFailure(response, failure)
  recordFailure(response, failure)
  const { status, text } = failures[failure.reason]
  sendErrorPage(response, {
    status,
    title: 'This page cannot be shown',
    text,
    ...(failure.reason === 'INTERNAL' && {
      forOperators: `The log names the cause with the request id ${requestIdOf(response)}.`,
    }),
  })
}

/** Records a failure as the outcome of a request, and sets `Retry-After`. */
export function recordFailure(response: ServerResponse, failure: Failure, path?: string): void {
  recordOutcomes(response, [{ path: path ?? null, outcome: failure.reason }])
  if ('retryAfterSeconds' in failure) response.setHeader('Retry-After', String(failure.retryAfterSeconds))
}
