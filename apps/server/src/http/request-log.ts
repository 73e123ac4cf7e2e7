import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'

import { clientAddress } from './client-address.ts'
import { outcomesOf } from '../api/call-outcomes.ts'
import { requestIdOf } from './request-id.ts'

/** Longer paths are nobody's but an attacker's. */
const longestPath = 200

/**
 * One line a request, when it is over. The path stands there without its query string, which may hold what somebody searched for.
 * @param isQuiet tells the paths that say little; their lines are at level debug
 */
export function requestLog(log: Logger, isQuiet: (path: string) => boolean): RequestHandler {
  return (request, response, next) => {
    const begun = performance.now()
    // A socket that broke has no address any more, and what is mounted under a path sees only the rest of it.
    const [ip, path] = [clientAddress(request), pathOf(request)]
    response.once('close', () => {
      const fields = {
        requestId: requestIdOf(response),
        method: request.method,
        path,
        status: response.headersSent ? response.statusCode : null,
        ms: Math.round(performance.now() - begun),
        ip,
        ...failuresIn(response),
        ...(response.writableFinished ? {} : { aborted: true }),
      }
      log[isQuiet(path) ? 'debug' : 'info'](fields, 'request')
    })
    next()
  }
}

/** Reasons that the status does not tell: of a stream, and of some calls of a batch. */
function failuresIn(response: Response): { failures?: string[] } {
  const reasons = outcomesOf(response).flatMap(({ outcome }) => (outcome === 'ok' ? [] : [outcome]))
  return reasons.length === 0 || response.statusCode >= 400 ? {} : { failures: [...new Set(reasons)] }
}

function pathOf({ url }: Request): string {
  return url.split('?', 1).join('').slice(0, longestPath)
}
