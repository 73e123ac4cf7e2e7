import { httpSubscriptionLink } from '@trpc/client'
import { EventSource } from 'eventsource'
import { CookieJar } from 'tough-cookie'
import type { ClientOptions } from './call.ts'
import { createClient as createClientOver } from './create-client.ts'
import type { Client } from './create-client.ts'

// The exports below replace those of the same name.
export * from './index.ts'

/** Creates a client like that of a browser, with a cookie jar of its own: each client is one device. */
export function createClient(url: string, options: ClientOptions = {}): Client {
  const fetch = fetchWithJar(new CookieJar(), options.fetch ?? globalThis.fetch)
  // Node's own EventSource is behind a flag, and has no cookie jar.
  const streamLink = (apiUrl: string) =>
    httpSubscriptionLink({ url: apiUrl, EventSource, eventSourceOptions: { fetch } })
  return createClientOver(url, { fetch }, streamLink)
}

function fetchWithJar(jar: CookieJar, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    const headers = new Headers(init?.headers)
    const cookies = await jar.getCookieString(url)
    if (cookies !== '') headers.set('cookie', cookies)
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) await jar.setCookie(line, url)
    return response
  }
}
