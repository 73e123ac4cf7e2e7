import type { IncomingMessage, ServerResponse } from 'node:http'
import { withoutTokens } from '@app/router'
import type { Logger } from 'pino'
import { outcomesOf, tokenIdOf } from '../api/call-outcomes.ts'
import { procedureType } from '../api/procedure-type.ts'
import { clientAddress } from './client-address.ts'
import { requestIdOf } from './request-id.ts'
import type { Step } from './steps.ts'

/** Only attackers send longer paths. */
const maxPathLength = 200

/**
 * Logs each request at its end. The path has no query string, which may contain a user's search text,
 * and no access token.
 * @param isQuiet paths whose lines are at level debug
 */
export function requestLog(log: Logger, isQuiet: (path: string) => boolean): Step {
  return (request, response, next) => {
    const startedAt = performance.now()
    // Read now: a broken socket has no address, and Express shortens the path for a mounted handler.
    const [ip, path] = [clientAddress(request), pathOf(request)]
    response.once('close', () => {
      const tokenId = tokenIdOf(response)
      const fields = {
        requestId: requestIdOf(response),
        method: request.method,
        path,
        ...calledBy(response),
        status: response.headersSent ? response.statusCode : null,
        ms: Math.round(performance.now() - startedAt),
        ip,
        ...(tokenId === null ? {} : { tokenId }),
        ...failuresIn(response),
        ...(response.writableFinished ? {} : { aborted: true }),
      }
      log[isQuiet(path) ? 'debug' : 'info'](fields, 'request')
    })
    next()
  }
}

/** Returns reasons that the status does not show: of a stream, and of single calls of a batch. */
function failuresIn(response: ServerResponse): { failures?: string[] } {
  const reasons = outcomesOf(response).flatMap(({ outcome }) => (outcome === 'ok' ? [] : [outcome]))
  return reasons.length === 0 || response.statusCode >= 400 ? {} : { failures: [...new Set(reasons)] }
}

/** Names the procedures that a request called, whatever its path. */
function calledBy(response: ServerResponse): { procedure?: string } {
  const paths = outcomesOf(response).flatMap(({ path }) =>
    path === null || procedureType(path) === undefined ? [] : [path],
  )
  return paths.length === 0 ? {} : { procedure: paths.join(',') }
}

function pathOf({ url = '' }: IncomingMessage): string {
  return withoutTokens(url.split('?', 1).join('').slice(0, maxPathLength))
}
