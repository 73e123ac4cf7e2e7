import { isIPv4 } from 'node:net'

import type { Config } from './host-settings.ts'

/** Whether browsers reach the server by https; a proxy in front may be what speaks it. */
export function isHttps({ publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https://') === true
}

/**
 * What a server must not be run with. One that others can reach is held to more than one that only this machine can reach; which
 * it is follows from HOST, PUBLIC_URL and TRUST_PROXY, and from nothing that could be forgotten, like NODE_ENV.
 */
export function exposureProblems(config: Config): string[] {
  return [...cookieProblems(config), ...exposedProblems(config)]
}

function cookieProblems(config: Config): string[] {
  // Browsers want https for it, except for a server of their own machine.
  if (config.cookieSameSite === 'lax' || config.allowedOrigins.length > 0) return []
  return ['COOKIE_SAMESITE none needs sites that may call. Set ALLOWED_ORIGINS, or COOKIE_SAMESITE=lax.']
}

function exposedProblems(config: Config): string[] {
  const reasons = exposedBy(config)
  if (reasons.length === 0) return []
  const because = `because others can reach this server (${reasons.join(', ')})`
  const { authSecrets, passwordHashCost, limits } = config.accounts
  return [
    ...(authSecrets.length > 0
      ? []
      : [`AUTH_SECRETS must be set ${because}. Make one: openssl rand -base64 33`]),
    ...(isHttps(config) ? [] : [`PUBLIC_URL must be an https:// address ${because}.`]),
    ...(passwordHashCost >= 10 ? [] : [`PASSWORD_HASH_COST must be at least 10 ${because}.`]),
    ...(limits === 'default' ? [] : [`LIMITS must be default ${because}.`]),
  ]
}

type Addresses = Pick<Config, 'host' | 'publicUrl' | 'trustProxy'>

/** Whether others than programs and people of this machine can reach the server. */
export function isExposed(addresses: Addresses): boolean {
  return exposedBy(addresses).length > 0
}

function exposedBy({ host, publicUrl, trustProxy }: Addresses): string[] {
  return [
    ...(isLoopback(host) ? [] : [`HOST is ${host}`]),
    ...(publicUrl === null || isLoopback(new URL(publicUrl).hostname) ? [] : [`PUBLIC_URL is ${publicUrl}`]),
    ...(trustProxy === 0 ? [] : [`TRUST_PROXY is ${trustProxy}`]),
  ]
}

export function isLoopback(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || (isIPv4(host) && host.startsWith('127.'))
}
