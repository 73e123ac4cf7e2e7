import type { ServerResponse } from 'node:http'
import { perRequest } from './per-request.ts'

interface Ending {
  response: ServerResponse
  body: string | Uint8Array
}

/** The responses to write at the end of `coalesceWrites`; null outside of it. */
let endings: Ending[] | null = null
const hasBody = perRequest<ServerResponse, true>('has a body to write')

/**
 * Runs a function, and then writes the responses that it has ended, one after another. The first write wakes
 * the client's process; the others find it running.
 */
export function coalesceWrites<T>(makeResponses: () => T): T {
  const ended: Ending[] = []
  endings = ended
  try {
    return makeResponses()
  } finally {
    endings = null
    for (const { response, body } of ended) {
      try {
        // To end a response a second time emits an error, which would end the process.
        if (!response.writableEnded) response.end(body)
      } catch {
        // For example, its status is not valid. The other responses must still be sent.
        response.destroy()
      }
    }
  }
}

/**
 * Ends a response with its whole body, of at most 16 KB: at once, or at the end of `coalesceWrites`. If a
 * response that waits gets a second body, its connection is closed, because it has the headers of the second.
 */
export function endResponse(response: ServerResponse, body: string | Uint8Array): void {
  if (hasBody.get(response)) return void response.destroy()
  if (endings === null) return void response.end(body)
  hasBody.set(response, true)
  endings.push({ response, body })
}
