import { isPagePath } from '@app/contract'
import { product } from '@app/contract/product'
import type { Request, RequestHandler, Response } from 'express'
import { sendBody } from '../http/send-body.ts'
import { sendFailure } from '../http/send-failure.ts'
import { withAbsoluteLinks } from './absolute-links.ts'
import type { BuiltFile, BuiltWeb, Encoding } from './built-web.ts'

const unbuilt = `<!doctype html>
<html lang="en"><title>${product.name}</title>
<h1>The web app is not built</h1>
<p>The API is running. To build the pages and start again, run <code>npm start</code> in the repository.</p>
</html>
`

/**
 * Serves the files of the build. Every other path gets the app's one page, with 404 unless it is the path of
 * a page.
 * @param publicUrl the origin of the image in link previews; null leaves its path
 */
export function serveWeb(web: BuiltWeb | null, publicUrl: string | null): RequestHandler {
  const built = web?.get('/index.html')
  const page = built && publicUrl !== null ? withAbsoluteLinks(built, publicUrl) : built
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.set('Allow', 'GET, HEAD')
      return sendFailure(response, { reason: 'METHOD_NOT_ALLOWED' })
    }
    if (web === null || page === undefined) {
      return void response.status(503).set('Cache-Control', 'no-store').type('html').send(unbuilt)
    }
    const file = request.path === '/index.html' ? undefined : web.get(request.path)
    if (file !== undefined) return sendFile(file, request, response)
    response.status(isPagePath(request.path) ? 200 : 404)
    return sendFile(page, request, response)
  }
}

/** Checks whether a path names a file and not a page, without reading the build. */
export function isFilePath(path: string): boolean {
  return /\.\w+$/.test(path)
}

function sendFile(file: BuiltFile, request: Request, response: Response): void {
  const encoding = bestEncoding(file, request)
  const tag = `"${file.tag}${encoding === undefined ? '' : `-${encoding}`}"`
  response.set({
    'Content-Type': file.type,
    'Cache-Control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
    ETag: tag,
  })
  if (response.statusCode === 200 && request.headers['if-none-match'] === tag) {
    return void response.status(304).end()
  }
  const content = (encoding === undefined ? undefined : file.encoded[encoding]) ?? file.content
  if (encoding !== undefined) response.set('Content-Encoding', encoding)
  if (request.method !== 'HEAD') return void sendBody(response, content)
  response.set('Content-Length', String(content.length)).end()
}

function bestEncoding({ encoded }: BuiltFile, request: Request): Encoding | undefined {
  return (['br', 'gzip'] as const).find(
    (encoding) => encoded[encoding] !== undefined && request.acceptsEncodings(encoding) !== false,
  )
}
