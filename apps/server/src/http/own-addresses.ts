import { isIP } from 'node:net'

import { isLoopback } from '@app/router'

import type { Config } from '../config/host-settings.ts'
import { defaultPortOf, normalizeHost } from './normalize-host.ts'

/** Where this server is reached, in the spellings of the headers `Host` and `Origin`. */
export interface OwnAddresses {
  /** Of PUBLIC_URL, or of this machine on the port that was opened. */
  publicUrl: string
  /** Values of `Host`, normalized. */
  hosts: ReadonlySet<string>
  /** Pages from which calls may come. */
  origins: readonly string[]
}

/**
 * Lists the names of the server. A site whose name was pointed to this server (DNS rebinding) sends its own name in `Host`, so the
 * names of this machine are safe on exposed servers too: browsers resolve them themselves. Proxies like nginx send them by default.
 * @param port the port that was opened
 */
export function ownAddresses(config: Config, port: number): OwnAddresses {
  const publicUrl = config.publicUrl ?? `http://localhost:${port}`
  const { host, hostname, protocol } = new URL(publicUrl)
  const local = loopbackHosts(port)
  const bound = `${isIP(config.host) === 6 ? `[${config.host}]` : config.host}:${port}`
  const defaultPort = defaultPortOf(publicUrl)
  const hosts = [host, bound, ...local, ...config.allowedHosts].map((text) =>
    normalizeHost(text, defaultPort),
  )
  const isLocal = protocol === 'http:' && isLoopback(hostname)
  return {
    publicUrl,
    // Also as browsers send the name of PUBLIC_URL: without the port that the scheme implies.
    hosts: new Set([host, ...hosts.filter((name) => name !== null)]),
    origins: [
      publicUrl,
      ...config.allowedOrigins,
      ...(isLocal ? local.map((name) => new URL(`http://${name}`).origin) : []),
    ],
  }
}

/** Returns the names of this machine, as `Host` has them. */
export function loopbackHosts(port: number): string[] {
  return ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`)
}
