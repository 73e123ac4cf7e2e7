import { randomUUID } from 'node:crypto'

import type { RequestHandler, Response } from 'express'

const header = 'X-Request-Id'

/** Numbers the request, always anew: an id that a client could choose would let it hide behind another's log lines. */
export const requestId: RequestHandler = (_request, response, next) => {
  response.setHeader(header, randomUUID())
  next()
}

export function requestIdOf(response: Response): string {
  return String(response.getHeader(header))
}
