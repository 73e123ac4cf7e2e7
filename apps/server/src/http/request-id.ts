import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Step } from './steps.ts'

const header = 'X-Request-Id'

/**
 * Sets the id of the request. A client cannot choose it: it could hide behind the log lines of another
 * request.
 */
export const requestId: Step = (_request, response, next) => {
  response.setHeader(header, randomUUID())
  next()
}

export function requestIdOf(response: ServerResponse): string {
  return String(response.getHeader(header))
}
