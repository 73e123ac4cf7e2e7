import type { IncomingMessage } from 'node:http'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import type { Config } from '../config/host-settings.ts'
import { proxyCheck } from '../config/proxy-addresses.ts'
import { isHealthPath } from '../operations/health.ts'
import { normalizeAddress, parseForwardedAddress } from './forwarded-address.ts'

const found = new WeakMap<IncomingMessage, string | null>()

/**
 * Returns the client's address as `findClientAddress` found it; null when a proxy sent none that can be
 * parsed.
 */
export function clientAddress(request: IncomingMessage): string | null {
  return found.get(request) ?? null
}

/**
 * Finds the client's address: that of the socket, or behind TRUST_PROXY proxies the address that the
 * outermost of them saw. Other entries of X-Forwarded-For come from the client and are ignored. Logs a
 * warning, once, about a setting that makes many clients share one address.
 */
export function findClientAddress(
  { trustProxy, proxyAddresses }: Pick<Config, 'trustProxy' | 'proxyAddresses'>,
  log: Logger,
): RequestHandler {
  const isProxy = proxyCheck(proxyAddresses)
  const warned = new Set<string>()
  const warn = (advice: string, facts: object) => {
    if (warned.has(advice)) return
    warned.add(advice)
    log.warn(facts, advice)
  }
  return (request, _response, next) => {
    const peer = normalizeAddress(request.socket.remoteAddress ?? '')
    const { 'x-forwarded-for': forwarded, forwarded: standard } = request.headers
    // Node joins several headers of this name.
    const entries = typeof forwarded === 'string' ? forwarded.split(',').toReversed() : []
    let address = peer
    for (let hop = 0; hop < trustProxy && address !== null; hop += 1) {
      if (!isProxy(address, hop)) {
        if (hop < entries.length) warn(advice.unknownProxy, { ip: address })
        break
      }
      const entry = entries[hop]
      if (entry === undefined) {
        if (!isHealthPath(request.path)) warn(advice.missing, { ip: address, entries: entries.length })
        break
      }
      address = parseForwardedAddress(entry)
      if (address === null) warn(advice.unreadable, { entry: entry.slice(0, 100) })
    }
    if (trustProxy === 0 && (forwarded ?? standard) !== undefined) warn(advice.untrusted, { ip: peer })
    found.set(request, address)
    next()
  }
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
