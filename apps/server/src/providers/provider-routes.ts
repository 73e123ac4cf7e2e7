import { DatabaseUnavailable, returnFromProvider, startAtProvider } from '@app/router'
import type { Services } from '@app/router'
import { Router } from 'express'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { waitedMs } from '../admission/admission.ts'
import { releaseSlot } from '../admission/fair-starts.ts'
import { clientAddress } from '../http/client-address.ts'
import { requestIdOf } from '../http/request-id.ts'
import { seeOther } from '../http/see-other.ts'
import { sendPageFailure } from '../http/send-failure.ts'

/** A code has some hundred bytes. */
const maxQueryLength = 4_096

/** Marks a start that was moved to PUBLIC_URL, so that a proxy that changes `Host` causes no loop. */
const movedMark = 'moved=1'

/**
 * Serves `/auth/<provider>/start` and `/auth/<provider>/callback`, which browsers open. Both redirect, to the
 * provider or to a page of ours. The query of a callback has a code, so it is neither logged nor sent on: our
 * `Referrer-Policy` is `no-referrer`.
 * @param publicUrl the origin at which the provider sends users back
 */
export function providerRoutes(services: Services, publicUrl: () => string): RequestHandler {
  const routes = Router()
  routes.get(/^\/auth\/([a-z0-9]{1,20})\/start$/, (request, response, next) => {
    // The cookie of the attempt must reach the callback, so the attempt begins at the same address.
    const isMoved = request.url.endsWith(movedMark)
    if (!isMoved && request.headers.host !== new URL(publicUrl()).host) {
      const mark = request.url.includes('?') ? '&' : '?'
      return seeOther(response, `${publicUrl()}${request.url.slice(0, maxQueryLength)}${mark}${movedMark}`)
    }
    // Only users and our own pages begin an attempt: other sites get the page with the buttons.
    if (!isFromOwnSite(request, publicUrl())) return seeOther(response, '/login')
    return answerWith(startAtProvider, { services, request, response, next })
  })
  routes.get(/^\/auth\/([a-z0-9]{1,20})\/callback$/, (request, response, next) =>
    answerWith(returnFromProvider, { services, request, response, next }),
  )
  return routes
}

interface Exchange {
  services: Services
  request: Request
  response: Response
  next: NextFunction
}

async function answerWith(
  answer: typeof startAtProvider,
  { services, request, response, next }: Exchange,
): Promise<void> {
  // `HEAD` must not use up a code. Without a provider of this name there is no such page.
  if (request.method !== 'GET') return next()
  // A slow provider must not keep the slot of a running request.
  releaseSlot(response)
  const facts = {
    id: requestIdOf(response),
    ip: clientAddress(request),
    userAgent: request.headers['user-agent'] ?? null,
    cookie: request.headers.cookie,
    waitedMs: waitedMs(response),
  }
  const [path = '', query = ''] = request.url.slice(0, maxQueryLength).split('?', 2)
  const provider = path.split('/')[2] ?? ''
  try {
    const found = await answer(services, { provider, search: `?${query}`, facts })
    if (found === null) return next()
    if (found.cookies.length > 0) response.setHeader('Set-Cookie', found.cookies)
    seeOther(response, found.location)
  } catch (error) {
    if (!(error instanceof DatabaseUnavailable)) throw error
    const { retryAfterSeconds } = error
    sendPageFailure(request, response, { reason: 'UNAVAILABLE', retryAfterSeconds })
  }
}

/**
 * Checks that a link of our own pages or the user opened the address. Browsers send `Sec-Fetch-Site` to https
 * and localhost only (Fetch Metadata). Elsewhere `Referer` decides, which our links to providers send.
 */
function isFromOwnSite({ headers }: Request, publicUrl: string): boolean {
  const { referer = '', 'sec-fetch-site': site } = headers
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  return URL.parse(referer)?.origin === new URL(publicUrl).origin
}
