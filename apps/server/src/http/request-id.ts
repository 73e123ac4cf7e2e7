import { randomUUID } from 'node:crypto'
import type { RequestHandler, Response } from 'express'

const header = 'X-Request-Id'

/**
 * Sets the id of the request. A client cannot choose it: it could hide behind the log lines of another
 * request.
 */
export const requestId: RequestHandler = (_request, response, next) => {
  response.setHeader(header, randomUUID())
  next()
}

export function requestIdOf(response: Response): string {
  return String(response.getHeader(header))
}
