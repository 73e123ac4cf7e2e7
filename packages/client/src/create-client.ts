import { batchLimit } from '@app/contract/limits'
import type { AppRouter } from '@app/router'
import { createTRPCClient, httpBatchLink, httpLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import type { TRPCLink } from '@trpc/client'
import type { ClientOptions } from './call.ts'
import type { ClientOf } from './client-of.ts'

/** Every procedure of the server, with its inputs, outputs and failures. */
export type Client = ClientOf<AppRouter>

/** How subscriptions are heard, given the address of the API. */
export type StreamLink = (url: string) => TRPCLink<AppRouter>

/** The browser's own `EventSource`, which comes back by itself and brings its cookies along. */
const browserStreams: StreamLink = (url) =>
  httpSubscriptionLink({ url, eventSourceOptions: { withCredentials: true } })

/** Longer URLs are refused by some proxies; the batch is split before. */
const longestUrl = 4_000

/** Queries whose answer is a file: not JSON in tRPC's envelope, but text that is read piece by piece. */
const downloads: ReadonlySet<string> = new Set(['account.export'])

/**
 * @param url where the server is, without a path: `https://accounts.example.org`; in a page of its own,
 *   `location.origin`
 */
export function createClient(
  url: string,
  { fetch = globalThis.fetch }: ClientOptions = {},
  streamLink: StreamLink = browserStreams,
): Client {
  const transport = {
    url: `${url.replace(/\/+$/, '')}/trpc`,
    // Without credentials a browser sends no cookie to another origin, and keeps none that the answer sets.
    // The parameter's type: tRPC's own spells "no signal" as undefined.
    fetch: (input: RequestInfo | URL, init?: object) => fetch(input, { ...init, credentials: 'include' }),
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
            fetch: async (input, init) => inPieces(await transport.fetch(input, init)),
          }),
          // A mutation goes alone: the server refuses batches that change something, and one failure must not
          // hide behind another.
          false: splitLink({
            condition: ({ type }) => type === 'query',
            true: httpBatchLink({ ...transport, maxItems: batchLimit, maxURLLength: longestUrl }),
            false: httpLink(transport),
          }),
        }),
      }),
    ],
  })
}

/**
 * Gives tRPC a file as an iterable of its text. A failure, and an answer that is not ours, stay as they are.
 */
function inPieces(response: Response): Pick<Response, 'ok' | 'json'> {
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
