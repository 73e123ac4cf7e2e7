import { batchLimit } from '@app/contract/limits'
import type { AppRouter } from '@app/router'
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import type { TRPCLink } from '@trpc/client'
import type { ClientOptions } from './call.ts'
import type { ClientOf } from './client-of.ts'

/** Every procedure of the server, with its inputs, outputs and failures. */
export type Client = ClientOf<AppRouter>

/** Makes the link for subscriptions, given the URL of the API. */
export type StreamLink = (url: string) => TRPCLink<AppRouter>

/** Uses the browser's `EventSource`, which reconnects and sends its cookies. */
const browserStreams: StreamLink = (url) =>
  httpSubscriptionLink({ url, eventSourceOptions: { withCredentials: true } })

/** Some proxies reject longer URLs; a batch is split before. */
const maxUrlLength = 4_000

/** Queries whose response is a file: text that is read as a stream, not JSON in tRPC's envelope. */
const downloads: ReadonlySet<string> = new Set(['account.export'])

/**
 * @param url of the server, without a path: `https://accounts.example.org`; in a page of the server itself,
 * `location.origin`
 */
export function createClient(
  url: string,
  { fetch = globalThis.fetch, token }: ClientOptions = {},
  streamLink: StreamLink = browserStreams,
): Client {
  const transport = {
    url: `${url.replace(/\/+$/, '')}/trpc`,
    headers: authorization(token),
    // Without credentials a browser neither sends cookies to another origin nor stores those of its
    // responses. The server rejects an access token that comes with a session cookie. `init` has the
    // parameter's type, because tRPC's own type spells "no signal" as undefined.
    fetch: (input: RequestInfo | URL, init?: object) =>
      fetch(input, { ...init, credentials: token === undefined ? 'include' : 'omit' }),
  }
  return createTRPCClient<AppRouter>({
    links: [
      splitLink({
        condition: ({ type }) => type === 'subscription',
        true: streamLink(transport.url),
        false: splitLink({
          condition: ({ path }) => downloads.has(path),
          true: httpLink({
            ...transport,
            fetch: async (input, init) => asTextStream(await transport.fetch(input, init)),
          }),
          // A mutation is sent alone: the server rejects batches with mutations, and one failure must not
          // hide another.
          false: splitLink({
            condition: ({ type }) => type === 'query',
            true: httpBatchLink({ ...transport, maxItems: batchLimit, maxURLLength: maxUrlLength }),
            false: httpLink(transport),
          }),
        }),
      }),
    ],
  })
}

/** Returns the headers that carry an access token (RFC 6750 section 2.1). */
export function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` }
}

/**
 * Wraps a file so that tRPC returns an iterable of its text. Returns failures and foreign responses
 * unchanged.
 */
function asTextStream(response: Response): Pick<Response, 'ok' | 'json'> {
  const { ok, body, headers } = response
  const isFile = ok && headers.get('content-type')?.startsWith('application/json') === true
  return isFile && body !== null ? { ok, json: async () => ({ result: { data: textOf(body) } }) } : response
}

async function* textOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string, void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}
