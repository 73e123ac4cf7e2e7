import type { ProxyOptions } from 'vite'
import { waitForServer } from './wait-for-server.ts'

/** How long calls wait for a server that restarts, or that has an error to be mended first. */
const restartMs = 10_000

/**
 * Sends calls of the pages that Vite serves to the API, as calls of the API's own pages. Only Vite's own
 * origin is replaced: the calls of other sites keep theirs, and the server refuses them. Vite refuses pages
 * of another name (`server.allowedHosts`).
 * @param environment `API_URL`, where the API listens, and `API_ORIGIN`, where browsers find it
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
