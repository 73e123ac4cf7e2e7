import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** A value of each request, or of each connection, that one step leaves for later ones. */
interface PerRequest<Owner, T> {
  get(owner: Owner): T | undefined
  set(owner: Owner, value: T): void
}

/**
 * Keeps a value on the request, response or socket itself. A WeakMap with thousands of new keys a second
 * costs much more in each garbage collection.
 */
export function perRequest<Owner extends IncomingMessage | ServerResponse | Socket, T>(
  name: string,
): PerRequest<Owner, T> {
  const key = Symbol(name)
  type Kept = Owner & { [key]?: T }
  return {
    get: (owner: Kept) => owner[key],
    set: (owner: Kept, value) => {
      owner[key] = value
    },
  }
}
