import { bodyLimitBytes, isPagePath } from '@app/contract'
import type { Request, RequestHandler } from 'express'
import { isTrustedForm } from '../api/origin.ts'
import { seeOther } from '../http/see-other.ts'
import { sendPageFailure } from '../http/send-failure.ts'

const formTypes = ['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']

/**
 * Answers a form that was submitted without the scripts of its page, as when a password manager calls
 * `form.submit()`. Redirects to the page of the form, which shows that nothing was done. The fields,
 * including a password, are discarded as they arrive: not parsed, stored, logged or sent back (ASVS 5.0
 * 14.2.1). At most 100 KB (413), from our own pages only (403).
 * @param origins of our pages
 */
export function sentForms(origins: () => readonly string[]): RequestHandler {
  return async (request, response, next) => {
    const [path = '', query = ''] = request.url.split('?', 2)
    if (request.method !== 'POST' || !isPagePath(path) || !request.is(formTypes)) return next()
    if (!isTrustedForm(request.headers, origins())) {
      return sendPageFailure(request, response, { reason: 'CROSS_ORIGIN' })
    }
    const body = await discardBody(request)
    if (body.kind === 'aborted') return
    if (body.kind === 'too-large') {
      return sendPageFailure(request, response, { reason: 'PAYLOAD_TOO_LARGE' })
    }
    const back = new URLSearchParams(query)
    back.set('form', 'unsent')
    seeOther(response, `${path}?${back.toString()}`)
  }
}

type DiscardedBody =
  | { kind: 'discarded' }
  | { kind: 'too-large' }
  /** The client left before the end of the body. */
  | { kind: 'aborted' }

function discardBody(request: Request): Promise<DiscardedBody> {
  const { promise, resolve } = Promise.withResolvers<DiscardedBody>()
  let bytes = 0
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > bodyLimitBytes) resolve({ kind: 'too-large' })
  })
  request.once('end', () => resolve({ kind: 'discarded' }))
  request.once('close', () => resolve({ kind: 'aborted' }))
  request.once('error', () => resolve({ kind: 'aborted' }))
  return promise
}
