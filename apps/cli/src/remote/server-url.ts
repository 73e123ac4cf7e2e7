import { isIPv4 } from 'node:net'
import { CommandFailed, WrongUse } from '../command.ts'

/**
 * Returns the origin of a server. Plain http is for this machine: on any other path the password can be read.
 * @throws WrongUse, CommandFailed
 */
export function serverOrigin(text: string, { allowsHttp }: { allowsHttp: boolean }): string {
  const url = URL.parse(text)
  const isOrigin = url !== null && url.pathname === '/' && url.search === '' && url.hash === ''
  if (!isOrigin || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new WrongUse('The server must be an address without a path, like https://accounts.example.org.')
  }
  if (url.protocol === 'http:' && !isThisMachine(url.hostname) && !allowsHttp) {
    throw new CommandFailed(
      `Anyone on the way to ${url.host} can read a password sent by plain http. Use https://${url.host}, or --allow-http in a network that you trust.`,
    )
  }
  return url.origin
}

/** Checks whether a host name of a URL is this machine by definition (RFC 6761, 6.3). */
export function isThisMachine(hostname: string): boolean {
  if (hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]') return true
  return isIPv4(hostname) && hostname.startsWith('127.')
}
