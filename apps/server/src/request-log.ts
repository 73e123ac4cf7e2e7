import type { RequestHandler } from 'express'
import type { Logger } from 'pino'

import { clientAddress } from './client-address.ts'
import { requestIdOf } from './request-id.ts'

/** Longer paths are nobody's but an attacker's. */
const longestPath = 200

/** One line a request. The path stands there without its query string, which may hold what somebody searched for. */
export function requestLog(log: Logger, quiet: (path: string) => boolean): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now()
    const { path } = request
    response.once('close', () => {
      const fields = {
        requestId: requestIdOf(response),
        method: request.method,
        path: path.slice(0, longestPath),
        status: response.statusCode,
        ms: Math.round(performance.now() - begun),
        ip: clientAddress(request),
        ...(response.writableFinished ? {} : { aborted: true }),
      }
      log[quiet(path) ? 'debug' : 'info'](fields, 'request')
    })
    next()
  }
}
