import { isPagePath } from '@app/contract'
import type { RequestHandler } from 'express'
import { sendErrorPage } from '../http/error-page.ts'
import { contentSecurityPolicy } from '../http/security-headers.ts'
import { sendPageFailure } from '../http/send-failure.ts'
import { withAbsoluteLinks } from './absolute-links.ts'
import type { BuiltWeb } from './built-web.ts'
import { inlineHashes } from './inline-hashes.ts'
import { sendFile } from './send-file.ts'

const unbuilt = {
  status: 503,
  title: 'The web app is not built',
  text: 'The API is running.',
  forOperators: 'Run npm start in the repository. It builds the pages and starts the server again.',
}

/**
 * Serves the files of the build. Every other path gets the app's one page, with 404 unless it is the path of
 * a page.
 * @param publicUrl the origin of the image in link previews; null leaves its path
 */
export function serveWeb(web: BuiltWeb | null, publicUrl: string | null): RequestHandler {
  const built = web?.get('/index.html')
  const page = built && publicUrl !== null ? withAbsoluteLinks(built, publicUrl) : built
  const policy = contentSecurityPolicy(page && inlineHashes(page.content.toString()))
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.set('Allow', 'GET, HEAD')
      return sendPageFailure(request, response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    if (web === null || page === undefined) {
      return sendErrorPage(response, unbuilt)
    }
    const file = request.path === '/index.html' ? undefined : web.get(request.path)
    if (file !== undefined) return sendFile(file, request, response)
    response.set('Content-Security-Policy', policy)
    response.status(isPagePath(request.path) ? 200 : 404)
    return sendFile(page, request, response)
  }
}

/** Checks whether a path names a file and not a page, without reading the build. */
export function isFilePath(path: string): boolean {
  return /\.\w+$/.test(path)
}
