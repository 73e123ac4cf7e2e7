/** Returns the port of a `Host` without one: browsers omit the default of the scheme. */
export function defaultPortOf(publicUrl: string): number {
  return publicUrl.startsWith('https:') ? 443 : 80
}

/**
 * Normalizes a Host header as browsers spell names: lower case, no final dot, IPv6 shortened; with the port.
 * @returns null when it is malformed (RFC 9110 section 7.2)
 */
export function normalizeHost(text: string, defaultPort: number): string | null {
  const found = /^(?:\[[\da-f:.]+\]|[\w.-]+)(?::(\d{0,5}))?$/i.exec(text)
  const url = found === null ? null : URL.parse(`http://${text}`)
  if (found === null || url === null) return null
  const { 1: port = '' } = found
  return `${url.hostname.replace(/\.$/, '')}:${port === '' ? defaultPort : Number(port)}`
}
