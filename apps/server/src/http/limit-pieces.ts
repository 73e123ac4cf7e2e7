import type { IncomingMessage, RequestListener } from 'node:http'
import { perRequest } from './per-request.ts'

/** The pieces of a body that may be of any size: some 0.2 MB until they are read. */
const anyPieces = 1_024
/** The mean size that more pieces must have. */
const meanBytes = 128

/**
 * Closes the connection of a request whose body comes in many small pieces: chunks, or reads of the socket.
 * Node makes a Buffer of some 300 bytes for each, also for one byte, keeps all that are not read, and calls a
 * function for each. The body of a GET or HEAD, which no code reads, is dropped as it comes.
 */
export function limitPieces(listener: RequestListener): RequestListener {
  return (request, response) => {
    // Otherwise the request has no body.
    if (!request.readableEnded) {
      countPieces(request)
      if (request.method === 'GET' || request.method === 'HEAD') request.resume()
      // Node drops the rest of the body after the response, without a call of `push`.
      response.prependListener('finish', () => request.resume())
    }
    listener(request, response)
  }
}

const cuts = perRequest<IncomingMessage, true>('small pieces')

/** Returns whether the connection was closed because of the pieces of the body. */
export function hadSmallPieces(request: IncomingMessage): boolean {
  return cuts.get(request) === true
}

function countPieces(request: IncomingMessage): void {
  const push = request.push.bind(request)
  let pieces = 0
  let bytes = 0
  request.push = (piece: Buffer | null) => {
    if (piece === null) return push(null)
    pieces += 1
    bytes += piece.length
    if (pieces <= anyPieces || bytes >= pieces * meanBytes) return push(piece)
    cuts.set(request, true)
    request.socket.destroy()
    return false
  }
}
