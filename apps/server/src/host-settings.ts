import { oneOf, wholeNumber, type AccountSettings } from '@latchkey/router'
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
  /** Where the metrics are served, on 127.0.0.1 alone. 0 lets the system choose; null: nowhere. */
  metricsPort: number | null
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  accounts: AccountSettings
}

/** The variables that the host reads itself. Each message is the fix: it is printed after the setting's name. */
export const hostSettings = {
  PORT: wholeNumber(0, 65_535).default(8087),
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'must be an address or a name of this machine, like 127.0.0.1 or 0.0.0.0.')
    .default('127.0.0.1'),
  PUBLIC_URL: origins(
    'must be where browsers find the server, without a path: https://accounts.example.org',
    (found) => found.length === 1,
  )
    .transform(([origin = null]) => origin)
    .nullable()
    .default(null),
  ALLOWED_ORIGINS: origins(
    'must be origins without a path, separated by commas: https://app.example.org,https://admin.example.org',
  ).default([]),
  COOKIE_SAMESITE: oneOf('lax', 'none').default('lax'),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
  METRICS_PORT: wholeNumber(0, 65_535).nullable().default(null),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
}

/** Origins as browsers spell them, separated by commas. */
function origins(fix: string, isEnough: (found: string[]) => boolean = () => true) {
  return z
    .string()
    .transform((list) => list.split(',').map((text) => text.trim()))
    .transform((list) => list.filter((text) => text !== '').map(originOf))
    .refine((list): list is string[] => !list.includes(null), fix)
    .refine(isEnough, fix)
}

function originOf(text: string): string | null {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  return url.href === `${url.origin}/` ? url.origin : null
}
