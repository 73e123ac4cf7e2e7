import type { IncomingMessage, ServerResponse } from 'node:http'
import { createContext } from '@app/router'
import type { Awaitable, Context, Services } from '@app/router'
import { callerOf, waitedMs } from '../admission/admission.ts'
import { maxAnswerBytes, maxBodyBytes } from '../admission/call-bytes.ts'
import { nextTurn, releaseSlot } from '../admission/fair-starts.ts'
import type { InFlightBytes } from '../admission/in-flight-bytes.ts'
import { busyFailure, delayRejection } from '../admission/load-shedding.ts'
import { atEnd } from '../http/at-end.ts'
import { clientAddress } from '../http/client-address.ts'
import { requestIdOf } from '../http/request-id.ts'
import type { HostFailure } from '../http/send-failure.ts'
import { authorizationOf } from './authorization.ts'
import { setTokenId } from './call-outcomes.ts'
import { countRejected } from './count-rejected.ts'
import { readBody } from './read-body.ts'
import type { BodyType, ReadBody } from './read-body.ts'

interface ReceiveDeps {
  services: Services
  inFlightBytes: InFlightBytes
}

/** What every address under which procedures are called needs. */
export interface CallDeps extends ReceiveDeps {
  /** Origins whose pages may call. */
  origins: () => readonly string[]
}

interface IncomingCall {
  request: IncomingMessage
  response: ServerResponse
  /** The called procedures, separated by commas. */
  names: string
  /** Null for a query, which has no body. */
  bodyType: BodyType | null
  /** When the request came, by `performance.now()`. */
  startedAt: number
}

interface ReceivedRequest {
  kind: 'received'
  /** Undefined for a query. */
  body: ReadBody | undefined
  context: Context
  /** Returns the signal that is aborted when the client leaves. */
  signal: () => AbortSignal
  /** Aborts the signal. */
  abort: () => void
}

export type ReceivedCall =
  | ReceivedRequest
  /** `path`: the procedures, if they declare the failure. */
  | { kind: 'rejected'; failure: HostFailure; path?: string }
  | { kind: 'aborted' }

/**
 * Reserves memory for a call, reads its body and creates its context. Every address under which procedures
 * are called uses it, so that all have the same limits.
 */
export function receiveCall(deps: ReceiveDeps, call: IncomingCall): Awaitable<ReceivedCall> {
  const { bodyType } = call
  if (bodyType !== null) return receiveBody(deps, call, bodyType)
  return reserveAnswer(deps, call) ? received(deps, call) : noRoom(call.names)
}

async function receiveBody(deps: ReceiveDeps, call: IncomingCall, bodyType: BodyType): Promise<ReceivedCall> {
  const { request, response, names, startedAt } = call
  const bytes = maxBodyBytes(request)
  if (!reserve(deps, response, bytes)) return noRoom(names)
  deps.inFlightBytes.waitForClient(response, bytes)
  // A body may arrive slowly, and mutations are few: they do not count among the running calls.
  releaseSlot(response)
  const body = await readBody(request, bodyType, () => {
    deps.inFlightBytes.endWaitForClient(response)
    return nextTurn(response)
  })
  if (body.kind === 'aborted') return body
  if (body.kind === 'rejected') {
    const [caller, ip] = [callerOf(response), clientAddress(request)]
    const limited = await countRejected(deps.services, { caller, ip, calls: 1, startedAt })
    return limited === null ? body : { kind: 'rejected', failure: limited, path: names }
  }
  if (!reserveAnswer(deps, call)) return noRoom(names)
  const { cookie } = request.headers
  const busy = busyFailure(deps.services, names, { ip: clientAddress(request), cookie })
  if (busy === null) return received(deps, call, body)
  await delayRejection(startedAt)
  return { kind: 'rejected', failure: busy, path: names }
}

function received(
  { services }: ReceiveDeps,
  { request, response, names }: IncomingCall,
  body?: ReadBody,
): ReceivedCall {
  const context = createContext(services, {
    id: requestIdOf(response),
    ip: clientAddress(request),
    userAgent: request.headers['user-agent'] ?? null,
    cookie: request.headers.cookie,
    authorization: authorizationOf(request),
    bodyBytes: body === undefined ? 0 : Buffer.byteLength(body.text),
    calls: names.includes(',') ? names.split(',').length : 1,
    waitedMs: waitedMs(response),
    claims: callerOf(response)?.claims,
  })
  setTokenId(response, () => context.meter.tokenId)
  return { kind: 'received', body, context, ...clientLeft(response) }
}

function reserveAnswer(deps: ReceiveDeps, { request, response, names }: IncomingCall): boolean {
  return reserve(deps, response, maxBodyBytes(request) + maxAnswerBytes(names))
}

function reserve({ inFlightBytes }: ReceiveDeps, response: ServerResponse, bytes: number): boolean {
  const caller = callerOf(response)
  return caller === undefined || inFlightBytes.reserve(response, caller.key, bytes)
}

function noRoom(names: string): ReceivedCall {
  return { kind: 'rejected', failure: { reason: 'UNAVAILABLE', retryAfterSeconds: 1 }, path: names }
}

/** Makes the controller when it is first needed, because few procedures use its signal. */
function clientLeft(response: ServerResponse): Pick<ReceivedRequest, 'signal' | 'abort'> {
  let made: AbortController | undefined
  const controller = () => {
    if (made !== undefined) return made
    const left = (made = new AbortController())
    const abort = () => {
      if (!response.writableFinished) left.abort()
    }
    if (response.closed) abort()
    else atEnd(response, abort)
    return left
  }
  return { signal: () => controller().signal, abort: () => controller().abort() }
}
