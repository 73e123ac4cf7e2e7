import { ForeignResponse } from './network-problem.ts'

/**
 * Makes requests to one server. Follows no redirect, which would turn a POST into a GET, and takes only what
 * the server itself sends: a page of a proxy is no answer.
 */
export const serverFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'manual' })
  const type = response.headers.get('content-type') ?? ''
  if (/^(application\/json|text\/event-stream)\b/.test(type)) return response
  await response.body?.cancel()
  throw new ForeignResponse(foreignText(response))
}

function foreignText({ status, headers }: Response): string {
  const to = URL.parse(headers.get('location') ?? '')
  if (status >= 300 && status < 400 && to !== null) {
    return `The server redirects to ${to.origin}. Use that address as --server.`
  }
  return `Another program answered in place of the server (status ${status}). Check the address and the proxy.`
}
