import type { Environment } from '@app/router'

/** The settings that determine the addresses of `npm run dev`. */
export const devSettings = ['API_URL', 'HOST', 'PORT', 'PUBLIC_URL', 'WEB_PORT']

export interface DevAddresses {
  /** Port of the server. */
  PORT: string
  /** Port of Vite. */
  WEB_PORT: string
  /** Address to which Vite forwards the calls of its pages. */
  API_URL: string
  /** Origin that Vite sends with these calls. */
  API_ORIGIN: string
}

export function devAddresses(settings: Environment): DevAddresses {
  const { API_URL, HOST, PORT = '8087', PUBLIC_URL, WEB_PORT = '5173' } = settings
  if (API_URL !== undefined) return { PORT, WEB_PORT, API_URL, API_ORIGIN: new URL(API_URL).origin }
  return {
    PORT,
    WEB_PORT,
    API_URL: `http://${reachableHost(HOST)}:${PORT}`,
    API_ORIGIN: PUBLIC_URL ?? `http://localhost:${PORT}`,
  }
}

function reachableHost(host = 'localhost'): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}
