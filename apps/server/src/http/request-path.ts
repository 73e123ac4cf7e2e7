import type { IncomingMessage } from 'node:http'

/**
 * Returns the path of a request, without its query string. Express takes the path of a mounted handler off
 * `url`, and keeps the whole one in `originalUrl`.
 */
export function requestPath(request: IncomingMessage & { originalUrl?: string }): string {
  const { originalUrl: url = request.url ?? '/' } = request
  const end = url.search(/[?#]/)
  return end === -1 ? url : url.slice(0, end)
}
