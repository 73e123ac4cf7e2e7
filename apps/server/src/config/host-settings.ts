import { addressSettings, duration, listed, oneOf, origins, wholeNumber } from '@app/router'
import type { AccountSettings } from '@app/router'
import { z } from 'zod'
import { normalizeHost } from '../http/normalize-host.ts'
import { isNetwork } from './proxy-addresses.ts'

export interface Config {
  /** 0: the system chooses one. */
  port: number
  host: string
  /** The origin that browsers use. Null: `http://localhost` on the opened port. */
  publicUrl: string | null
  /** Origins of other sites that may call the API with a user's session. */
  allowedOrigins: string[]
  /** Further accepted values of `Host`. */
  allowedHosts: string[]
  cookieSameSite: 'lax' | 'none'
  /** How many proxies are in front; this many entries of X-Forwarded-For are trusted. */
  trustProxy: number
  /** Addresses and networks of these proxies. Empty: all private networks. */
  proxyAddresses: string[]
  /** URIs at which vulnerabilities can be reported, the preferred one first. */
  securityContact: string[]
  /** Whether the OpenAPI document and the page about it are served. */
  servesApiDocs: boolean
  /** The port of the metrics, on 127.0.0.1 only. 0: the system chooses; null: no metrics. */
  metricsPort: number | null
  /** How long an idle connection stays open. */
  keepAliveMs: number
  /** How long a stopping server answers `stopping` at `/readyz` before it stops accepting. */
  drainDelayMs: number
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  accounts: AccountSettings
}

/** The settings of the host. Each message is the fix, and is printed after the name of the setting. */
export const hostSettings = {
  ...addressSettings,
  ALLOWED_ORIGINS: origins(
    'must be origins without a path, separated by commas: https://app.example.org,https://admin.example.org',
  ).default([]),
  ALLOWED_HOSTS: z
    .string()
    .transform(listed)
    .refine(
      (hosts) => hosts.every((host) => normalizeHost(host, 80) !== null),
      'must be names or addresses with their ports, separated by commas: accounts.internal:8087,[fd00::1]:8087',
    )
    .default([]),
  COOKIE_SAMESITE: oneOf('lax', 'none').default('lax'),
  PROXY_ADDRESSES: z
    .string()
    .transform(listed)
    .refine(
      (networks) => networks.every(isNetwork),
      'must be addresses or networks of proxies, separated by commas: 10.0.0.5,10.1.0.0/16,2001:db8::/32',
    )
    .default([]),
  SECURITY_CONTACT: z
    .string()
    .transform(listed)
    .refine(
      (contacts) => contacts.every(isContact),
      'must be https, mailto or tel addresses, separated by commas: mailto:security@example.org',
    )
    .default([]),
  OPENAPI: oneOf('on', 'off').default('on'),
  METRICS_PORT: wholeNumber(0, 65_535).nullable().default(null),
  KEEP_ALIVE_TIMEOUT: duration('1s', '1h').default(75_000),
  DRAIN_DELAY: duration('0s', '5m').nullable().default(null),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
}

/** Checks a `Contact` (RFC 9116, 2.5.3): an absolute URI in ASCII, https if it is a page. */
function isContact(text: string): boolean {
  return /^(?:https:\/\/|mailto:[^@]+@|tel:\+?\d)[!-~]+$/.test(text) && URL.canParse(text)
}
