import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import { outcomesOf } from '../api/call-outcomes.ts'
import { clientAddress } from './client-address.ts'
import { requestIdOf } from './request-id.ts'

/** Only attackers send longer paths. */
const maxPathLength = 200

/**
 * Logs each request at its end. The path has no query string, which may contain a user's search text.
 * @param isQuiet paths whose lines are at level debug
 */
export function requestLog(log: Logger, isQuiet: (path: string) => boolean): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now()
    // Read now: a broken socket has no address, and Express shortens the path for a mounted handler.
    const [ip, path] = [clientAddress(request), pathOf(request)]
    response.once('close', () => {
      const fields = {
        requestId: requestIdOf(response),
        method: request.method,
        path,
        status: response.headersSent ? response.statusCode : null,
        ms: Math.round(performance.now() - startedAt),
        ip,
        ...failuresIn(response),
        ...(response.writableFinished ? {} : { aborted: true }),
      }
      log[isQuiet(path) ? 'debug' : 'info'](fields, 'request')
    })
    next()
  }
}

/** Returns reasons that the status does not show: of a stream, and of single calls of a batch. */
function failuresIn(response: Response): { failures?: string[] } {
  const reasons = outcomesOf(response).flatMap(({ outcome }) => (outcome === 'ok' ? [] : [outcome]))
  return reasons.length === 0 || response.statusCode >= 400 ? {} : { failures: [...new Set(reasons)] }
}

function pathOf({ url }: Request): string {
  return url.split('?', 1).join('').slice(0, maxPathLength)
}
