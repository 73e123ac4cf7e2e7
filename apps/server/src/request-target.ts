import type { RequestHandler } from 'express'

import { refuse } from './refuse.ts'

/**
 * Lets everything behind it rely on a path that begins with a slash. A target may be a whole URL (RFC 9112 section 3.2.2), of which
 * only the path means anything here; what is neither is no address of ours.
 */
export const requestTarget: RequestHandler = (request, response, next) => {
  if (request.url.startsWith('/')) return next()
  const url = URL.parse(request.url)
  if (url === null) return refuse(response, { reason: 'NO_SUCH_PROCEDURE' })
  request.url = `${url.pathname}${url.search}`
  next()
}
