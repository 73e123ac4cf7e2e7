/** The parameters of a call. Null when one is missing; the first of several counts. */
export interface CallQuery {
  isBatch: boolean
  /** JSON. */
  input: string | null
  lastEventId: string | null
}

/** Reads the parameters that tRPC reads. */
export function callQuery(url: string): CallQuery {
  const start = url.indexOf('?')
  const search = start === -1 ? '' : url.slice(start)
  return clientsQuery(search) ?? anyQuery(search)
}

/** Reads the query string of a query by our client, for a fifth of what `URLSearchParams` costs. */
function clientsQuery(search: string): CallQuery | null {
  const [, batch, input] = /^\?(batch=1&)?input=([^&+]*)$/.exec(search) ?? []
  if (input === undefined) return null
  try {
    return { isBatch: batch !== undefined, input: decodeURIComponent(input), lastEventId: null }
  } catch {
    // Malformed: `URLSearchParams` replaces such bytes.
    return null
  }
}

function anyQuery(search: string): CallQuery {
  const query = new URLSearchParams(search)
  return {
    isBatch: query.get('batch') === '1',
    input: query.get('input'),
    lastEventId: query.get('lastEventId'),
  }
}
