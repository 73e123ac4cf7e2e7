import { isHttps } from '../config/exposure.ts'
import type { Config } from '../config/host-settings.ts'
import { defaultPortOf } from './normalize-host.ts'

/** Returns the names and attributes of this server's cookies. */
export function cookiePolicy(config: Pick<Config, 'publicUrl' | 'port' | 'cookieSameSite'>): {
  secure: boolean
  sameSite: Config['cookieSameSite']
  port: number | null
} {
  return { secure: isHttps(config), sameSite: config.cookieSameSite, port: visiblePort(config) }
}

function visiblePort({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): number | null {
  if (publicUrl !== null) return Number(new URL(publicUrl).port || defaultPortOf(publicUrl))
  return port === 0 ? null : port
}
