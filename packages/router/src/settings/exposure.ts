import { isIPv4 } from 'node:net'

/** The settings that decide who can reach the server. */
interface Addresses {
  host: string
  publicUrl: string | null
  trustProxy: number
}

/** Lists the settings by which other machines can reach the server; empty when only this machine can. */
export function exposureReasons({ host, publicUrl, trustProxy }: Addresses): string[] {
  return [
    ...(isLoopback(host) ? [] : [`HOST is ${host}`]),
    ...(publicUrl === null || isLoopback(new URL(publicUrl).hostname) ? [] : [`PUBLIC_URL is ${publicUrl}`]),
    ...(trustProxy === 0 ? [] : [`TRUST_PROXY is ${trustProxy}`]),
  ]
}

export function isLoopback(host: string): boolean {
  return ['localhost', '::1', '[::1]'].includes(host) || (isIPv4(host) && host.startsWith('127.'))
}
