import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Logger } from 'pino'
import type { Config } from '../config/host-settings.ts'
import { proxyCheck } from '../config/proxy-addresses.ts'
import { isHealthPath } from '../operations/health.ts'
import { normalizeAddress, parseForwardedAddress } from './forwarded-address.ts'
import { loggedText } from './logged-text.ts'
import { perRequest } from './per-request.ts'
import { requestPath } from './request-path.ts'
import type { Step } from './steps.ts'

/** Why an address may be that of a proxy instead of the client's. */
export type AddressProblem = keyof typeof advice

const found = perRequest<IncomingMessage, { address: string | null; problem: AddressProblem | null }>(
  'client address',
)

/**
 * Returns the client's address as `findClientAddress` found it; null when a proxy sent none that can be
 * parsed.
 */
export function clientAddress(request: IncomingMessage): string | null {
  return found.get(request)?.address ?? null
}

/** Returns why the address of a request may not be its client's; null if nothing is wrong. */
export function addressProblem(request: IncomingMessage): AddressProblem | null {
  return found.get(request)?.problem ?? null
}

/**
 * Finds the client's address: that of the socket, or behind TRUST_PROXY proxies the address that the
 * outermost of them saw. Other entries of X-Forwarded-For come from the client and are ignored. Logs a
 * warning, once, about a setting that makes many clients share one address.
 */
export function findClientAddress(
  { trustProxy, proxyAddresses }: Pick<Config, 'trustProxy' | 'proxyAddresses'>,
  log: Logger,
): Step {
  const isProxy = proxyCheck(proxyAddresses)
  const warned = new Set<AddressProblem>()
  const warn = (problem: AddressProblem, facts: object): AddressProblem => {
    if (warned.has(problem)) return problem
    warned.add(problem)
    log.warn(facts, advice[problem])
    return problem
  }
  return (request, _response, next) => {
    const peer = peerOf(request.socket)
    const { 'x-forwarded-for': forwarded, forwarded: standard } = request.headers
    // Node joins several headers of this name.
    const entries = typeof forwarded === 'string' ? forwarded.split(',').toReversed() : []
    let address = peer
    let problem: AddressProblem | null = null
    for (let hop = 0; hop < trustProxy && address !== null; hop += 1) {
      if (!isProxy(address, hop)) {
        if (hop < entries.length) problem = warn('unknownProxy', { ip: address })
        break
      }
      const entry = entries[hop]
      if (entry === undefined) {
        if (!isHealthPath(requestPath(request))) {
          problem = warn('missing', { ip: address, entries: entries.length })
        }
        break
      }
      address = parseForwardedAddress(entry)
      if (address === null) problem = warn('unreadable', { entry: loggedText(entry, 100) })
    }
    if (trustProxy === 0 && (forwarded ?? standard) !== undefined) problem = warn('untrusted', { ip: peer })
    found.set(request, { address, problem })
    next()
  }
}

const peers = perRequest<Socket, string | null>('peer')

function peerOf(socket: Socket): string | null {
  const known = peers.get(socket)
  if (known !== undefined) return known
  const peer = normalizeAddress(socket.remoteAddress ?? '')
  peers.set(socket, peer)
  return peer
}

const advice = {
  untrusted:
    'X-Forwarded-For is ignored, because TRUST_PROXY is 0. If a proxy sent it, all users share its limits: set TRUST_PROXY to the number of proxies.',
  unknownProxy:
    'X-Forwarded-For from this address is ignored. If it belongs to a proxy, add it to PROXY_ADDRESSES.',
  missing:
    'X-Forwarded-For has fewer addresses than TRUST_PROXY, so users share the limits of a proxy. Let each proxy send the header, or lower TRUST_PROXY.',
  unreadable:
    'X-Forwarded-For has an entry that is not an address, so all users without one share their limits. Let the proxy send the address of the client.',
}
