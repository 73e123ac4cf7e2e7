import { exposureReasons, isLoopback } from '@app/router'
import type { Config } from './host-settings.ts'

/** Checks whether browsers reach the server by https, also when a proxy terminates it. */
export function isHttps({ publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https://') === true
}

/**
 * Returns settings with which a server must not run. An exposed server, which other machines can reach, has
 * more rules. HOST, PUBLIC_URL and TRUST_PROXY decide whether it is exposed, and not a variable that an
 * operator may not set, like NODE_ENV.
 */
export function exposureProblems(config: Config): string[] {
  return [...cookieProblems(config), ...exposedProblems(config), ...proxyProblems(config)]
}

function cookieProblems(config: Config): string[] {
  // Browsers require https for it, except on loopback.
  if (config.cookieSameSite === 'lax' || config.allowedOrigins.length > 0) return []
  return ['COOKIE_SAMESITE none needs sites that may call. Set ALLOWED_ORIGINS, or COOKIE_SAMESITE=lax.']
}

function exposedProblems(config: Config): string[] {
  const reasons = exposureReasons(config)
  if (reasons.length === 0) return []
  const because = `because other machines can reach this server (${reasons.join(', ')})`
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

function proxyProblems({ host, publicUrl, trustProxy, proxyAddresses }: Config): string[] {
  const isBehindProxy = isLoopback(host) && publicUrl !== null && !isLoopback(new URL(publicUrl).hostname)
  return [
    ...(trustProxy === 0 && isBehindProxy
      ? [
          `TRUST_PROXY must be the number of proxies in front, 1 for one, because PUBLIC_URL is ${publicUrl} and HOST is ${host}: without it all users share the limits of one address.`,
        ]
      : []),
    ...(trustProxy === 0 && proxyAddresses.length > 0
      ? ['PROXY_ADDRESSES needs the number of these proxies. Set TRUST_PROXY, 1 for one.']
      : []),
  ]
}

/** Returns warnings about settings that an operator may have chosen on purpose. */
export function exposureWarnings({ host, publicUrl, trustProxy, proxyAddresses }: Config): string[] {
  if (isLoopback(host)) return []
  return [
    ...(trustProxy === 0 && publicUrl !== null
      ? [
          `TRUST_PROXY is 0 and PUBLIC_URL is ${publicUrl}. Set TRUST_PROXY to 1 unless the https proxy keeps the addresses of clients: otherwise all users share the limits of one address.`,
        ]
      : []),
    ...(trustProxy > 0 && proxyAddresses.length === 0
      ? [
          `HOST is ${host} and TRUST_PROXY is ${trustProxy}, so X-Forwarded-For is trusted from every private address that reaches the port. Set PROXY_ADDRESSES to those of the proxies.`,
        ]
      : []),
  ]
}

/** Checks whether other machines can reach the server. */
export function isExposed(addresses: Pick<Config, 'host' | 'publicUrl' | 'trustProxy'>): boolean {
  return exposureReasons(addresses).length > 0
}
