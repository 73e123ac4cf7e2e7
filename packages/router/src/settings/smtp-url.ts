import { isIPv6 } from 'node:net'
import { isLoopback } from './exposure.ts'

/** The mail server that takes all mail, and how to reach it. */
export interface SmtpServer {
  /** A name in lower case, or an address without brackets. */
  host: string
  port: number
  /**
   * `tls`: from the first byte. `starttls`: required before log-in and mail. `optional`: used if offered, on
   * this machine only.
   */
  encryption: 'tls' | 'starttls' | 'optional'
  credentials: { user: string; password: string } | null
}

const example = 'smtp://user:password@mail.example.org:587, or smtps:// for port 465'
const defaultPorts = { smtp: 587, smtps: 465 } as const
const form =
  /^(?<scheme>smtps?):\/\/(?:(?<login>[^@/?#\s]*)@)?(?<host>\[[\da-f:.]+\]|[a-z\d.-]+)(?::(?<port>\d+))?\/?$/i
const hostName =
  /^(?=.{1,253}$)(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)(?:\.[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?)*$/

/**
 * Reads an `SMTP_URL`. `URL` would accept a missing host and a path, and other readers of such URLs differ in
 * what they make of them.
 * @returns what is wrong, to be read after the name of the setting. It never contains the URL, which may
 * contain a password.
 */
export function parseSmtpUrl(url: string): { server: SmtpServer } | { problem: string } {
  if (!/^smtps?:\/\//i.test(url)) return { problem: `must start with smtp:// or smtps://, like ${example}.` }
  const parts = form.exec(url)?.groups
  if (parts === undefined) {
    return {
      problem: `must be ${example}. Other characters than letters and digits in user and password are percent-encoded (@ is %40), and nothing follows the port.`,
    }
  }
  const scheme = parts['scheme']?.toLowerCase() === 'smtps' ? 'smtps' : 'smtp'
  const host = hostOf(parts['host'] ?? '')
  if (host === null) return { problem: `must name a host or an IP address, like ${example}.` }
  const port = Number(parts['port'] ?? defaultPorts[scheme])
  if (port < 1 || port > 65_535) return { problem: 'must have a port from 1 to 65535.' }
  const credentials = parts['login'] === undefined ? null : credentialsOf(parts['login'])
  if (credentials === undefined) {
    return {
      problem: `must have a user and a password, percent-encoded, or neither: ${example}.`,
    }
  }
  return { server: { host, port, encryption: encryptionOf(scheme, host), credentials } }
}

/** Mail to this machine leaves it by the next server, so the way there needs no encryption. */
function encryptionOf(scheme: 'smtp' | 'smtps', host: string): SmtpServer['encryption'] {
  if (scheme === 'smtps') return 'tls'
  return isLoopback(host) ? 'optional' : 'starttls'
}

function hostOf(text: string): string | null {
  const host = text.toLowerCase()
  if (!host.startsWith('[')) return hostName.test(host) ? host : null
  const address = host.slice(1, -1)
  return isIPv6(address) ? address : null
}

/** @returns undefined when one is missing or cannot be decoded; a line break or NUL would end the command */
function credentialsOf(login: string): SmtpServer['credentials'] | undefined {
  const colon = login.indexOf(':')
  if (colon < 0) return undefined
  try {
    const [user, password] = [login.slice(0, colon), login.slice(colon + 1)].map(decodeURIComponent)
    if (user === undefined || password === undefined || user === '' || password === '') return undefined
    return /\p{Cc}/u.test(user + password) ? undefined : { user, password }
  } catch {
    return undefined
  }
}
