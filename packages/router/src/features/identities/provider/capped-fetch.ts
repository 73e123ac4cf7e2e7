import type { CustomFetchOptions } from 'openid-client'
import type { InFlightCounter } from '../../../rate-limits/in-flight-counter.ts'
import { ProviderFailure } from './provider-failure.ts'

/** A discovery document has 3 KB, a set of keys 5 KB, a token answer 5 KB. */
const maxAnswerBytes = 1024 * 1024

/** Of one provider, so that a slow one does not gather connections and memory. */
const maxInFlight = 20

/**
 * Returns a `fetch` for answers of one provider: read whole, at most 1 MB, without following redirects. The
 * caller's signal ends the reading too, so an answer that drips is cut off.
 */
export function cappedFetch(inFlight: InFlightCounter, provider: string) {
  return async (url: string, options: CustomFetchOptions): Promise<Response> => {
    using slot = inFlight.enter(provider)
    if (slot.position >= maxInFlight) throw new ProviderFailure('unavailable', 'busy')
    // The library sends parameters, or nothing.
    const body = options.body instanceof URLSearchParams ? options.body : null
    const answer = await fetch(url, { ...options, body, redirect: 'manual' })
    if (answer.status >= 500 || answer.status === 429) {
      await answer.body?.cancel()
      throw new ProviderFailure('unavailable', `status_${answer.status}`)
    }
    return new Response(await readBody(answer), { status: answer.status, headers: answer.headers })
  }
}

/** @throws ProviderFailure when the body is too long; the rest is not read */
async function readBody({ body, status }: Response): Promise<Buffer<ArrayBuffer> | null> {
  // The standard allows no body here, not even an empty one.
  if (body === null || [204, 205, 304].includes(status)) return null
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > maxAnswerBytes) throw new ProviderFailure('invalid', 'too_long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
