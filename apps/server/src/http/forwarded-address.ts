import { isIP } from 'node:net'

/**
 * Parses one entry of X-Forwarded-For as proxies write it: alone, with a port, in brackets, in quotes, or as
 * a pair of RFC 7239 (`for="[2001:db8::1]:4711";proto=https`).
 * @returns the normalized address; null when it is none: `unknown`, `_hidden`, a name
 */
export function parseForwardedAddress(entry: string): string | null {
  const { 1: paired } = /(?:^|;)\s*for\s*=([^;]*)/i.exec(entry) ?? []
  const text = (paired ?? entry).trim().replace(/^"(.*)"$/, '$1')
  const { 1: bracketed } = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text) ?? []
  const { 1: withPort } = /^([\d.]+):\d{1,5}$/.exec(text) ?? []
  return normalizeAddress(bracketed ?? withPort ?? text)
}

/**
 * Normalizes an address: IPv6 short, in lower case, without a zone; mapped IPv4 as IPv4. Null for any other
 * text.
 */
export function normalizeAddress(text: string): string | null {
  const [address = ''] = text.split('%', 1)
  const family = isIP(address)
  if (family !== 6) return family === 4 ? address : null
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const { 1: high, 2: low } = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(short) ?? []
  if (high === undefined || low === undefined) return short
  const bits = (parseInt(high, 16) << 16) | parseInt(low, 16)
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.')
}
