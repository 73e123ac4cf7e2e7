import { isPagePath } from '@app/contract'
import type { RequestHandler } from 'express'

/**
 * Redirects requests for pages to Vite, because the built web app may be missing or older than the sources.
 * So the links in mails work, which have the port of the server: browsers keep the fragment.
 * The host name of the request stays, so that they also work on another device.
 * @param port that of Vite
 */
export function redirectToVite(port: string): RequestHandler {
  return (request, response, next) => {
    const isPage = ['GET', 'HEAD'].includes(request.method) && isPagePath(request.path)
    // Vite forwards some other paths, which would be redirected in a circle.
    if (!isPage) return next()
    response
      .set('Cache-Control', 'no-store')
      .redirect(307, `http://${request.hostname}:${port}${request.originalUrl}`)
  }
}
