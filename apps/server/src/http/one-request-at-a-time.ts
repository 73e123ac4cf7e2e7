import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { atEnd } from './at-end.ts'
import { perRequest } from './per-request.ts'

/**
 * Answers one request of a connection at a time, and closes the connection after it if more were pipelined.
 * Node emits all pipelined requests of a chunk in one turn, so one connection could have thousands of running
 * calls. A client that pipelines sends the unanswered requests again (RFC 9112 section 9.3.2).
 */
export function oneRequestAtATime(listener: RequestListener): RequestListener {
  const answering = perRequest<Socket, ServerResponse | undefined>('response')
  const closing = new WeakSet<Socket>()
  return (request, response) => {
    const { socket } = request
    if (closing.has(socket)) return
    const unfinished = answering.get(socket)
    if (unfinished !== undefined) {
      closing.add(socket)
      return closeAfter(unfinished, socket)
    }
    answering.set(socket, response)
    atEnd(response, () => answering.set(socket, undefined))
    listener(request, response)
  }
}

/** Stops reading, so that requests that were sent too early wait outside of the process. */
function closeAfter(unfinished: ServerResponse, socket: Socket): void {
  socket.pause()
  if (!unfinished.headersSent) unfinished.setHeader('Connection', 'close')
  unfinished.once('finish', () => socket.destroySoon())
}
