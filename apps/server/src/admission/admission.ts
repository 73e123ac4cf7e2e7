import { addressKey, createInFlightCounter, identifyCaller, networkOf } from '@app/router'
import type { Caller, Services } from '@app/router'
import type { RequestHandler, Response } from 'express'
import { isApiPath } from '../api/api-path.ts'
import { procedureNames } from '../api/procedure-names.ts'
import { isPublic, isRecovery } from '../api/procedure-type.ts'
import { clientAddress } from '../http/client-address.ts'
import { sendFailure } from '../http/send-failure.ts'
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
export function admission(services: Services): RequestHandler {
  const inFlight = createInFlightCounter()
  const starts = createFairStarts()
  return (request, response, next) => {
    const startedAt = performance.now()
    const ip = clientAddress(request)
    const address = addressKey(ip)
    const slot = inFlight.enter(address)
    // More than ten parts of a call listen for its end, which is where Node warns.
    response.setMaxListeners(20)
    response.once('close', slot[Symbol.dispose])
    if (slot.position >= maxPerAddress)
      return sendFailure(response, { reason: 'UNAVAILABLE', retryAfterSeconds: 1 })
    const caller = isApiPath(request.path)
      ? identifyCaller(
          services,
          { cookie: request.headers.cookie, ip },
          { countsForAddress: recoversAccount(request.path) },
        )
      : { key: address, isAccount: false, claims: null }
    callers.set(response, caller)
    const session = caller.isAccount ? (caller.claims?.sessionId ?? null) : null
    const running = caller.isAccount ? runningLimits.account : runningLimits.address
    const network = networkOf(address)
    starts.start({ response, key: caller.key, network, session, running }, () => {
      waits.set(response, performance.now() - startedAt)
      next()
    })
  }
}

/** Checks whether all procedures of a path need no session, or recover a stolen account. */
function recoversAccount(path: string): boolean {
  const names = procedureNames(path.replace(/^\/[^/]*/, ''))
  return names === null || names.split(',').every((name) => isPublic(name) || isRecovery(name))
}

const callers = new WeakMap<Response, Caller>()

/** Returns the caller of a request; undefined when it did not pass the admission. */
export function callerOf(response: Response): Caller | undefined {
  return callers.get(response)
}

const waits = new WeakMap<Response, number>()

/** Returns how long a request waited for its start, in milliseconds. */
export function waitedMs(response: Response): number {
  return waits.get(response) ?? 0
}
