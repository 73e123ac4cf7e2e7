import { httpSubscriptionLink } from '@trpc/client'
import { EventSource } from 'eventsource'
import { CookieJar } from 'tough-cookie'
import type { ClientOptions, CookieStore } from './call.ts'
import { authorization, createClient as createClientOver } from './create-client.ts'
import type { Client } from './create-client.ts'

// The exports below replace those of the same name.
export * from './index.ts'

/**
 * Creates a client like that of a browser. Each cookie jar is one device; the default is a new one. With an
 * access token it has no cookies.
 */
export function createClient(url: string, options: ClientOptions = {}): Client {
  const { token, cookies = new CookieJar(), fetch: given = globalThis.fetch } = options
  const fetch = token === undefined ? fetchWithCookies(cookies, given) : given
  // Node's own EventSource is behind a flag, and has neither a cookie jar nor headers.
  const fetchStream: typeof given = (input, init) => {
    const headers = { ...Object.fromEntries(new Headers(init?.headers)), ...authorization(token) }
    return fetch(input, { ...init, headers })
  }
  const streamLink = (apiUrl: string) =>
    httpSubscriptionLink({ url: apiUrl, EventSource, eventSourceOptions: { fetch: fetchStream } })
  return createClientOver(url, { fetch, ...(token === undefined ? {} : { token }) }, streamLink)
}

function fetchWithCookies(store: CookieStore, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    const headers = new Headers(init?.headers)
    const cookies = await store.getCookieString(url)
    if (cookies !== '') headers.set('cookie', cookies)
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) await store.setCookie(line, url)
    return response
  }
}
