import { isIPv4 } from 'node:net'

import { oneOf, readAccountSettings, readSettings, wholeNumber, type AccountSettings } from '@latchkey/router'
import { z } from 'zod'

export interface Config {
  /** 0 lets the system choose one. */
  port: number
  host: string
  /** The origin that browsers see. Null: `http://localhost` on the port that was opened. */
  publicUrl: string | null
  /** Origins of other sites that may call the API with the session of a person. */
  allowedOrigins: string[]
  cookieSameSite: 'lax' | 'none'
  /** How many proxies stand in front; as many entries of X-Forwarded-For are believed. */
  trustProxy: number
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  accounts: AccountSettings
}

type Environment = Record<string, string | undefined>

const shape = {
  PORT: wholeNumber(0, 65_535).default(8087),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'must be an address or name of this machine, like 127.0.0.1 or 0.0.0.0.')
    .default('127.0.0.1'),
  PUBLIC_URL: z
    .string()
    .transform((url) => url.replace(/\/$/, ''))
    .refine(isOrigin, 'must be where browsers find the server, without a path: https://accounts.example.org')
    .nullable()
    .default(null),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .transform((list) => list.filter((origin) => origin !== ''))
    .refine((list) => list.every(isOrigin), {
      error: 'must be origins separated by commas: https://app.example.org,https://admin.example.org',
    }),
  COOKIE_SAMESITE: oneOf('lax', 'none').default('lax'),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
}

/**
 * The settings, or every problem with them at once, each a line that says how to repair it. Empty variables count as not set.
 * A server that others can reach is held to rules that a loopback-only one is not; which of them it is follows from HOST,
 * PUBLIC_URL and TRUST_PROXY alone.
 */
export function readConfig(
  environment: Environment,
): { config: Config; problems: [] } | { config: null; problems: string[] } {
  const host = readSettings(shape, environment)
  const account = readAccountSettings(environment)
  const problems = [...host.problems, ...account.problems]
  if (host.values === null || account.settings === null) return { config: null, problems }
  const config: Config = {
    port: host.values.PORT,
    host: host.values.HOST,
    publicUrl: host.values.PUBLIC_URL,
    allowedOrigins: host.values.ALLOWED_ORIGINS,
    cookieSameSite: host.values.COOKIE_SAMESITE,
    trustProxy: host.values.TRUST_PROXY,
    logLevel: host.values.LOG_LEVEL,
    accounts: account.settings,
  }
  const refused = [...cookieProblems(config), ...exposedProblems(config)]
  return refused.length > 0 ? { config: null, problems: refused } : { config, problems: [] }
}

/** Whether browsers reach the server by https; a proxy in front may be what speaks it. */
export function isHttps({ publicUrl }: Pick<Config, 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https://') === true
}

function cookieProblems(config: Config): string[] {
  if (config.cookieSameSite === 'lax') return []
  return [
    ...(isHttps(config) ? [] : ['COOKIE_SAMESITE=none needs an https PUBLIC_URL. Set PUBLIC_URL=https://…']),
    ...(config.allowedOrigins.length > 0
      ? []
      : ['COOKIE_SAMESITE=none needs the sites that may call. Set ALLOWED_ORIGINS=https://…']),
  ]
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

function exposedBy({ host, publicUrl, trustProxy }: Config): string[] {
  const publicHost = publicUrl === null ? 'localhost' : new URL(publicUrl).hostname
  return [
    ...(isLoopback(host) ? [] : [`HOST is ${host}`]),
    ...(isLoopback(publicHost) ? [] : [`PUBLIC_URL is ${publicUrl}`]),
    ...(trustProxy === 0 ? [] : [`TRUST_PROXY is ${trustProxy}`]),
  ]
}

function isLoopback(host: string): boolean {
  return (
    host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'))
  )
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { origin, protocol } = new URL(text)
  return origin === text && (protocol === 'https:' || protocol === 'http:')
}
