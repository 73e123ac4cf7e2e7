import { batchLimit } from '@app/contract/limits'
import type { AppRouter } from '@app/router'
import {
  createTRPCClient,
  httpBatchLink,
  httpLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCLink,
} from '@trpc/client'

import type { ClientOf } from './client-of.ts'

/** Every procedure of the server, with its inputs, outputs and failures. */
export type Client = ClientOf<AppRouter>

export interface ClientOptions {
  /** How requests are made; must keep cookies, because the session travels in one. */
  fetch?: typeof fetch
}

/** How subscriptions are heard, given the address of the API. */
export type StreamLink = (url: string) => TRPCLink<AppRouter>

/** The browser's own `EventSource`, which comes back by itself and brings its cookies along. */
const browserStreams: StreamLink = (url) =>
  httpSubscriptionLink({ url, eventSourceOptions: { withCredentials: true } })

/** Longer URLs are refused by some proxies; the batch is split before. */
const longestUrl = 4_000

/** Queries that leave something behind: the server takes them in no batch, as it does mutations. */
const unbatchedQueries: ReadonlySet<string> = new Set(['account.export'])

/**
 * @param url where the server is, without a path: `https://accounts.example.org`; in a page of its own, `location.origin`
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
      // A mutation goes alone: the server refuses batches that change something, and one failure must not hide behind another.
      splitLink({
        condition: ({ type, path }) => type === 'query' && !unbatchedQueries.has(path),
        true: httpBatchLink({ ...transport, maxItems: batchLimit, maxURLLength: longestUrl }),
        false: splitLink({
          condition: (operation) => operation.type === 'subscription',
          true: streamLink(transport.url),
          false: httpLink(transport),
        }),
      }),
    ],
  })
}
