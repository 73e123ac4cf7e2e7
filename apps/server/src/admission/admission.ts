import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { addressKey, createInFlightCounter, identifyCaller, networkOf } from '@app/router'
import type { Caller, LastCookie, Services } from '@app/router'
import { isApiPath, isTrpcPath } from '../api/api-path.ts'
import { authorizationOf } from '../api/authorization.ts'
import { callTarget } from '../api/call-target.ts'
import { procedureNames } from '../api/procedure-names.ts'
import { isPublic, isRecovery } from '../api/procedure-type.ts'
import { atEnd } from '../http/at-end.ts'
import { clientAddress } from '../http/client-address.ts'
import { perRequest } from '../http/per-request.ts'
import { requestPath } from '../http/request-path.ts'
import { sendPageFailure } from '../http/send-failure.ts'
import type { Step } from '../http/steps.ts'
import { plainProcedure } from '../plain-pages/plain-forms.ts'
import { restProcedure } from '../rest/find-route.ts'
import { tutorialProcedure } from '../tutorial-api/find-route.ts'
import { createFairStarts } from './fair-starts.ts'

/**
 * The maximum of requests and open streams of one IPv4 address or IPv6 /64; behind proxies, of the client's
 * address.
 */
const maxPerAddress = 256

/**
 * The maximum of running requests of one account, and of one address without a session, where many may wait
 * for a password hash.
 */
const runningLimits = { account: 4, address: 128 }

/**
 * Bounds the requests of an address, and starts requests of different callers by round robin. The caller is
 * identified by the token's signature, without a read of the database; whether the session still exists is
 * checked later.
 */
export function admission(services: Services): Step {
  const inFlight = createInFlightCounter()
  const starts = createFairStarts()
  return (request, response, next) => {
    const startedAt = performance.now()
    const ip = clientAddress(request)
    const address = addressKey(ip)
    const slot = inFlight.enter(address)
    atEnd(response, slot[Symbol.dispose])
    if (slot.position >= maxPerAddress)
      return sendPageFailure(request, response, { reason: 'UNAVAILABLE', retryAfterSeconds: 1 })
    const caller = callsProcedures(requestPath(request))
      ? identifyCaller(
          services,
          { cookie: request.headers.cookie, authorization: authorizationOf(request), ip },
          { countsForAddress: recoversAccount(request), last: lastCookieOf(request.socket) },
        )
      : { key: address, isAccount: false, claims: null, turn: null }
    callers.set(response, caller)
    const running = caller.isAccount ? runningLimits.account : runningLimits.address
    const network = networkOf(address)
    starts.start({ response, key: caller.key, network, session: caller.turn, running }, () => {
      waits.set(response, performance.now() - startedAt)
      next()
    })
  }
}

const lastCookies = perRequest<Socket, LastCookie>('last cookie')

function lastCookieOf(socket: Socket): LastCookie {
  const known = lastCookies.get(socket)
  if (known !== undefined) return known
  const last = { header: undefined, claims: null }
  lastCookies.set(socket, last)
  return last
}

function callsProcedures(path: string): boolean {
  return isApiPath(path) || plainProcedure(path) !== undefined
}

/** Checks whether all procedures of a request need no session, or recover a stolen account. */
function recoversAccount(request: IncomingMessage): boolean {
  const names = calledProcedures(request)
  return names === null || names.split(',').every((name) => isPublic(name) || isRecovery(name))
}

function calledProcedures(request: IncomingMessage): string | null {
  const { method = '', url = '' } = request
  const path = requestPath(request)
  if (isTrpcPath(path)) return callTarget(url).names
  const called = restProcedure(method, path) ?? tutorialProcedure(method, path) ?? plainProcedure(path)
  return called ?? procedureNames(path.replace(/^\/[^/]*/, ''))
}

const callers = perRequest<ServerResponse, Caller>('caller')

/** Returns the caller of a request; undefined when it did not pass the admission. */
export function callerOf(response: ServerResponse): Caller | undefined {
  return callers.get(response)
}

const waits = perRequest<ServerResponse, number>('wait')

/** Returns how long a request waited for its start, in milliseconds. */
export function waitedMs(response: ServerResponse): number {
  return waits.get(response) ?? 0
}
