import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { batchLimit } from '@app/contract'
import {
  addressCaller,
  addressKey,
  andThen,
  createCallerFinder,
  createInFlightCounter,
  identifyCaller,
  limitFactor,
  networkOf,
} from '@app/router'
import type { Caller, LastCookie, Services } from '@app/router'
import { isApiPath, isTrpcPath } from '../api/api-path.ts'
import { authorizationOf } from '../api/authorization.ts'
import { callTarget } from '../api/call-target.ts'
import { procedureNames } from '../api/procedure-names.ts'
import { isPublic, isRecovery, procedureType } from '../api/procedure-type.ts'
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
 * address. An account with a live session may have more there, so that a flood by another client of the same
 * office does not stop the requests of the account.
 */
const inFlightLimits = { address: 256, accountBeyond: 32 }

/**
 * The maximum of running requests of one account, and of one address without a session, where many may wait
 * for a password hash.
 */
const runningLimits = { account: 4, address: 128 }

/**
 * How many calls of one account start in a window of 100 ms. All calls of its allowance of a minute at once
 * would occupy the thread and the database for a second, while other users wait.
 */
const accountCostInWindow = 20
/** An event stream opens a connection and reads the session twice. */
const streamCost = 8

/**
 * Bounds the requests of an address, and starts requests of different callers by round robin. The caller is
 * identified by the token's signature. The session is read only while the address has many requests and no
 * call of the last minute has found the session alive.
 */
export function admission(services: Services): Step {
  const inFlight = createInFlightCounter()
  const starts = createFairStarts()
  const findCaller = createCallerFinder(services)
  const costInWindow = accountCostInWindow * limitFactor(services.settings)
  const accountLimits = { running: runningLimits.account, costInWindow }
  const fileLimits = { running: runningLimits.account, costInWindow: Infinity }
  const addressLimits = { running: runningLimits.address, costInWindow: Infinity }
  const startLimits = ({ key, userId }: Caller, isCall: boolean) => {
    if (userId === null) return { key, ...addressLimits }
    // Requests of one key have equal limits.
    return isCall ? { key, ...accountLimits } : { key: `${key} files`, ...fileLimits }
  }
  return (request, response, next) => {
    const startedAt = performance.now()
    const ip = clientAddress(request)
    const address = addressKey(ip)
    const slot = inFlight.enter(address)
    atEnd(response, slot[Symbol.dispose])
    const isCall = callsProcedures(requestPath(request))
    const names = isCall ? calledProcedures(request) : null
    const cost = costOf(names)
    const start = (caller: Caller) => {
      if (response.destroyed) return
      if (slot.position >= inFlightLimits.address) {
        const beyond = caller.userId === null ? null : inFlight.enter(caller.key)
        if (beyond !== null) atEnd(response, beyond[Symbol.dispose])
        if (beyond === null || beyond.position >= inFlightLimits.accountBeyond)
          return sendPageFailure(request, response, { reason: 'UNAVAILABLE', retryAfterSeconds: 1 })
      }
      callers.set(response, caller)
      const limits = startLimits(caller, isCall)
      const network = networkOf(address)
      starts.start({ response, network, credentialId: caller.credentialId, cost, ...limits }, () => {
        waits.set(response, performance.now() - startedAt)
        next()
      })
    }
    // From here on, requests of the address wait for each other.
    const isCrowded = slot.position >= runningLimits.address
    if (!isCall && !isCrowded) return start(addressCaller(ip))
    const facts = { cookie: request.headers.cookie, authorization: authorizationOf(request), ip }
    const countsForAddress = isCall && areForAddress(names)
    const options = { countsForAddress, last: lastCookieOf(request.socket) }
    if (!isCrowded) return start(identifyCaller(services, facts, options))
    return andThen(findCaller(facts, options), start)
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

/** @param names of the called procedures, separated by commas; null for another request */
function costOf(names: string | null): number {
  if (names === null) return 1
  if (procedureType(names) === 'subscription') return streamCost
  if (!names.includes(',')) return 1
  const { length } = names.split(',')
  // A larger batch is rejected, and must not use up the window.
  return length > batchLimit ? 1 : length
}

/**
 * Checks whether all procedures of a request are public mutations, recover an account, or do not exist. A
 * public query, such as that of the session, counts for the account as others do.
 */
function areForAddress(names: string | null): boolean {
  return (
    names === null ||
    names.split(',').every((name) => isRecovery(name) || (isPublic(name) && procedureType(name) !== 'query'))
  )
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
