import type { ServerResponse } from 'node:http'
import { perRequest } from './per-request.ts'

const ends = perRequest<ServerResponse, (() => void)[]>('ends')

/**
 * Calls `end` when the response has been sent or its connection is lost, in the order of the calls. All parts
 * of a request share one listener: each of Node's costs about a microsecond.
 */
export function atEnd(response: ServerResponse, end: () => void): void {
  const known = ends.get(response)
  if (known !== undefined) return void known.push(end)
  const all = [end]
  ends.set(response, all)
  response.once('close', () => {
    for (const each of all) each()
  })
}
