import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Services } from '@app/router'
import { Router } from 'express'
import type { RequestHandler } from 'express'
import { renderedPagePolicy } from '../http/security-headers.ts'
import { sendFailure } from '../http/send-failure.ts'
import { tagOf } from '../web/built-web.ts'
import type { BuiltFile } from '../web/built-web.ts'
import type { StylePage } from '../web/page-style.ts'
import { sendFile } from '../web/send-file.ts'

export const documentPath = '/api/openapi.json'
export const docsPath = '/api/docs'

type ApiServices = Pick<Services, 'publicUrl' | 'sessionCookie'>

interface ApiDocs {
  document: BuiltFile
  page: BuiltFile
  policy: string
}

/**
 * Serves the OpenAPI document and the page about it. Both are built by the first request for one of them and
 * kept in memory, so the start of the server does not wait for them.
 */
export function serveApiDocs(services: ApiServices, stylePage: StylePage): RequestHandler {
  let docs: Promise<ApiDocs> | undefined
  const build = () => (docs ??= buildApiDocs(services, stylePage))
  const router = Router()
  router.get(documentPath, async (request, response) => {
    const { document } = await build()
    sendFile(document, request, response)
  })
  router.get(docsPath, async (request, response) => {
    const { page, policy } = await build()
    response.set('Content-Security-Policy', policy)
    sendFile(page, request, response)
  })
  router.all([documentPath, docsPath], (_request, response) => {
    response.set('Allow', 'GET, HEAD')
    sendFailure(response, { reason: 'METHOD_NOT_ALLOWED' })
  })
  return router
}

async function buildApiDocs(
  { publicUrl, sessionCookie }: ApiServices,
  stylePage: StylePage,
): Promise<ApiDocs> {
  // Loaded now, because most servers never need them.
  const { buildDocument } = await import('../openapi/build-document.ts')
  const { docsPage } = await import('./docs-page.ts')
  const { docsRules } = await import('./docs-style.ts')
  const { css, policy } = stylePage(docsRules)
  const document = await buildDocument({
    publicUrl: publicUrl(),
    cookieName: sessionCookie.name,
  })
  return {
    document: await fileOf('application/json', `${JSON.stringify(document)}\n`),
    page: await fileOf('text/html; charset=utf-8', await docsPage(document, documentPath, css)),
    policy: renderedPagePolicy(policy),
  }
}

const compressBrotli = promisify(brotliCompress)
const compressGzip = promisify(gzip)

/** A quarter of a second with the highest quality, for 10 % less. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }

async function fileOf(type: string, text: string): Promise<BuiltFile> {
  const content = Buffer.from(text)
  return {
    type,
    content,
    encoded: { br: await compressBrotli(content, brotliOptions), gzip: await compressGzip(content) },
    tag: tagOf(content),
    isImmutable: false,
  }
}
