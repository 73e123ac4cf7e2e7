import { isIP } from 'node:net'
import { isLoopback, publicUrlOf } from '@app/router'
import type { Config } from '../config/host-settings.ts'
import { defaultPortOf, normalizeHost } from './normalize-host.ts'

/** The addresses of this server, as the headers `Host` and `Origin` spell them. */
export interface OwnAddresses {
  /** PUBLIC_URL, or this machine on the opened port. */
  publicUrl: string
  /** Values of `Host`, normalized. */
  hosts: ReadonlySet<string>
  /** Origins whose pages may call. */
  origins: readonly string[]
}

/**
 * Returns the addresses of the server. A site that resolves to this server (DNS rebinding) sends its own name
 * in `Host`, so loopback names are safe on exposed servers too. Proxies like nginx send them by default.
 * @param port the opened port
 */
export function ownAddresses(config: Config, port: number): OwnAddresses {
  const publicUrl = publicUrlOf(config, port)
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
    // Also without the default port of the scheme, as browsers send it.
    hosts: new Set([host, ...hosts.filter((name) => name !== null)]),
    origins: [
      publicUrl,
      ...config.allowedOrigins,
      ...(isLocal ? local.map((name) => new URL(`http://${name}`).origin) : []),
    ],
  }
}

/** Returns the loopback names of this machine as `Host` spells them. */
export function loopbackHosts(port: number): string[] {
  return ['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`)
}
