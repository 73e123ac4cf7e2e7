import type { ProxyOptions } from 'vite'
import { waitForServer } from './wait-for-server.ts'

/** How long calls wait for a server that restarts or failed to start. */
const restartMs = 10_000

/**
 * Forwards calls of the pages that Vite serves to the API. Only Vite's own origin is replaced by the API's:
 * calls of other sites keep their origin, and the server rejects them. Vite rejects other host names
 * (`server.allowedHosts`).
 * @param environment `API_URL`, where the API listens, and `API_ORIGIN`, its public origin
 */
export function apiProxy(environment: Record<string, string | undefined>): ProxyOptions {
  const target = environment['API_URL'] ?? 'http://localhost:8087'
  const origin = environment['API_ORIGIN'] ?? new URL(target).origin
  return {
    target,
    changeOrigin: true,
    bypass: () => waitForServer(target, restartMs),
    configure: (proxy) => {
      proxy.on('proxyReq', (toApi, request) => {
        if (request.headers.origin === `http://${request.headers.host}`) toApi.setHeader('origin', origin)
      })
    },
  }
}
