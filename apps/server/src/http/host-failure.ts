import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'
import type { Failure } from '@app/contract'
import { normalizeHost } from './normalize-host.ts'

interface HostRule {
  /** Our host names, normalized. */
  hosts: ReadonlySet<string>
  /** The port of a name without one. */
  defaultPort: number
  /** The host of a target that is a whole URL. */
  target?: string | undefined
  /**
   * Whether IP addresses and, in HTTP/1.0, requests without a Host pass. Neither can come from a page that
   * uses DNS rebinding.
   */
  allowsAddresses?: boolean
}

/** Returns the failure of a request whose Host is not ours (DNS rebinding; RFC 9110 section 7.4), or null. */
export function hostFailure(
  request: Pick<IncomingMessage, 'rawHeaders' | 'httpVersion'>,
  { hosts, defaultPort, target, allowsAddresses = false }: HostRule,
): Failure<'MISDIRECTED' | 'INVALID_INPUT'> | null {
  const headers = hostHeaders(request)
  const sent = target === undefined ? headers : [...headers, target]
  const [only] = sent
  // Almost every request has one name, spelled like ours.
  if (sent === headers && sent.length === 1 && only !== undefined && hosts.has(only)) return null
  if (headers.length === 0 && request.httpVersion === '1.1') return malformed
  if (allowsAddresses && sent.join('') === '') return null
  const names = sent.map((text) => normalizeHost(text, defaultPort))
  if (headers.length > 1 || names.includes(null)) return malformed
  const isOurs = (name: string | null) =>
    name !== null && (hosts.has(name) || (allowsAddresses && isIP(withoutPort(name)) !== 0))
  return names.length > 0 && names.every(isOurs) ? null : { reason: 'MISDIRECTED' }
}

/** Returns every Host header of a request. Node's `headers` has only the first. */
export function hostHeaders({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host')
}

/** RFC 9112 section 3.2. */
const malformed: Failure<'INVALID_INPUT'> = {
  reason: 'INVALID_INPUT',
  fields: {},
  form: ['The request must have one Host header, with a name and a port.'],
}

function withoutPort(name: string): string {
  return name.slice(0, name.lastIndexOf(':')).replace(/^\[|\]$/g, '')
}
