import type { Request, Response } from 'express'
import { acceptsEncoding } from '../http/negotiation.ts'
import { sendBody } from '../http/send-body.ts'
import type { BuiltFile, Encoding } from './built-web.ts'

/** Sends a file from memory in the best encoding, or 304 if the client has it. */
export function sendFile(file: BuiltFile, request: Request, response: Response): void {
  const encoding = bestEncoding(file, request)
  const tag = `"${file.tag}${encoding === undefined ? '' : `-${encoding}`}"`
  response.vary('Accept-Encoding').set({
    'Content-Type': file.type,
    'Cache-Control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
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
    (encoding) => encoded[encoding] !== undefined && acceptsEncoding(request, encoding),
  )
}
