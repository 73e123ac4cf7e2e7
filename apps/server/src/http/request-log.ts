import type { IncomingMessage, ServerResponse } from 'node:http'
import { withoutTokens } from '@app/router'
import type { Logger } from 'pino'
import { outcomesOf, tokenIdOf } from '../api/call-outcomes.ts'
import { procedureType } from '../api/procedure-type.ts'
import { atEnd } from './at-end.ts'
import { clientAddress } from './client-address.ts'
import { hadSmallPieces } from './limit-pieces.ts'
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
    const level = isQuiet(path) ? 'debug' : 'info'
    if (!log.isLevelEnabled(level)) return next()
    atEnd(response, () => {
      // The order of the fields is that of the line. A field that is undefined is left out.
      const fields = {
        requestId: requestIdOf(response),
        method: request.method,
        path,
        procedure: calledBy(response),
        status: response.headersSent ? response.statusCode : null,
        ms: Math.round(performance.now() - startedAt),
        ip,
        tokenId: tokenIdOf(response) ?? undefined,
        failures: failuresIn(response),
        aborted: response.writableFinished ? undefined : true,
        smallPieces: hadSmallPieces(request) ? true : undefined,
      }
      log[level](fields, 'request')
    })
    next()
  }
}

/** Returns reasons that the status does not show: of a stream, and of single calls of a batch. */
function failuresIn(response: ServerResponse): string[] | undefined {
  const failed = outcomesOf(response).filter(({ outcome }) => outcome !== 'ok')
  if (failed.length === 0 || response.statusCode >= 400) return undefined
  return [...new Set(failed.map(({ outcome }) => outcome))]
}

/** Names the procedures that a request called, whatever its path. */
function calledBy(response: ServerResponse): string | undefined {
  const paths = outcomesOf(response).map(({ path }) => path)
  const known = paths.filter((path) => path !== null && procedureType(path) !== undefined)
  return known.length === 0 ? undefined : known.join(',')
}

function pathOf({ url = '' }: IncomingMessage): string {
  return withoutTokens(url.split('?', 1).join('').slice(0, maxPathLength))
}
