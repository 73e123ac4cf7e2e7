import {
  addressKey,
  createInFlightCounter,
  identifyCaller,
  networkOf,
  type Caller,
  type Services,
} from '@app/router'
import type { RequestHandler, Response } from 'express'

import { isApiPath } from '../api/api-path.ts'
import { procedureNames } from '../api/procedure-names.ts'
import { isPublic, isRecovery } from '../api/procedure-type.ts'
import { clientAddress } from '../http/client-address.ts'
import { refuse } from '../http/send-failure.ts'
import { createFairStarts } from './fair-starts.ts'

/**
 * Requests and open streams of one IPv4 address or IPv6 /64, behind proxies by the address that they name.
 */
const mostPerAddress = 256

/**
 * Started and not yet answered, of one account; of one address without a session, where many may wait for a
 * password hash.
 */
const runningLimits = { account: 4, address: 128 }

/**
 * Lets requests in: bounds those of an address, and starts them in fair turns. Who calls is found out
 * without a read; whether the session lives is found out later.
 */
export function admission(services: Services): RequestHandler {
  const inFlight = createInFlightCounter()
  const starts = createFairStarts()
  return (request, response, next) => {
    const cameAt = performance.now()
    const ip = clientAddress(request)
    const address = addressKey(ip)
    const slot = inFlight.enter(address)
    // Every part of the way of a call listens for its end.
    response.setMaxListeners(20)
    response.once('close', slot[Symbol.dispose])
    if (slot.position >= mostPerAddress)
      return refuse(response, { reason: 'UNAVAILABLE', retryAfterSeconds: 1 })
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
      waits.set(response, performance.now() - cameAt)
      next()
    })
  }
}

/** Whether all that a path calls is for people without a session, or takes an account back from a thief. */
function recoversAccount(path: string): boolean {
  const names = procedureNames(path.replace(/^\/[^/]*/, ''))
  return names === null || names.split(',').every((name) => isPublic(name) || isRecovery(name))
}

const callers = new WeakMap<Response, Caller>()

/** Who makes a request; undefined when it did not come this way. */
export function callerOf(response: Response): Caller | undefined {
  return callers.get(response)
}

const waits = new WeakMap<Response, number>()

/** How long a request waited for its start, in milliseconds. */
export function waitedMs(response: Response): number {
  return waits.get(response) ?? 0
}
