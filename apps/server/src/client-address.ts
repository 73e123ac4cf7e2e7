import { isIP } from 'node:net'

import type { Request } from 'express'

/**
 * Who is calling: the other end of the socket, or behind TRUST_PROXY proxies the address that the outermost of them saw.
 * Entries of X-Forwarded-For beyond those are the caller's own words and are not read (`trust proxy` is a number of hops).
 * @returns null when the proxy named no address
 */
export function clientAddress(request: Request): string | null {
  const address = request.ip?.replace(/^::ffff:(?=\d+\.)/, '') ?? ''
  return isIP(address) === 0 ? null : address
}
