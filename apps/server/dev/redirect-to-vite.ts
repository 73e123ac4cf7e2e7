import { isPagePath } from '@app/contract'
import type { RequestHandler } from 'express'

/**
 * Redirects requests for pages to Vite, because the built web app may be missing or older than the sources.
 * So the links in mails work, which have the port of the server: browsers keep the fragment.
 * @param web the origin of Vite
 */
export function redirectToVite(web: string): RequestHandler {
  return (request, response, next) => {
    const isPage = ['GET', 'HEAD'].includes(request.method) && isPagePath(request.path)
    // Vite forwards some other paths, which would be redirected in a circle.
    if (!isPage) return next()
    response.set('Cache-Control', 'no-store').redirect(307, web + request.originalUrl)
  }
}
