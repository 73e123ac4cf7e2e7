import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Answers one request of a connection and closes it when another one came before the answer was sent. Node
 * hands out all pipelined requests of a chunk at once, so that one connection would have thousands of calls
 * running. RFC 9112 section 9.3.2 lets a client that pipelines send the unanswered ones again.
 */
export function oneRequestAtATime(listener: RequestListener): RequestListener {
  const answering = new WeakMap<Socket, ServerResponse>()
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
    const release = () => {
      if (answering.get(socket) === response) answering.delete(socket)
    }
    response.once('finish', release)
    response.once('close', release)
    listener(request, response)
  }
}

/** Reads nothing more, so that what was sent too early waits outside of the process. */
function closeAfter(unfinished: ServerResponse, socket: Socket): void {
  socket.pause()
  if (!unfinished.headersSent) unfinished.setHeader('Connection', 'close')
  unfinished.once('finish', () => socket.destroySoon())
}
