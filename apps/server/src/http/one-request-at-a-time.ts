import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { atEnd } from './at-end.ts'
import { perRequest } from './per-request.ts'

/**
 * The pipelined requests that may wait for the close of their connection. Each takes some 1.5 KB, and one
 * read of the socket may have 3,600: 5 MB until a slow first response is sent.
 */
const maxPipelined = 20

interface Answering {
  /** Undefined when the response was sent and the request had been read to its end. */
  request: IncomingMessage | undefined
  /** Undefined between two requests. */
  response: ServerResponse | undefined
  /** Requests that came while `response` was unfinished, and get no response. */
  pipelined: number
}

const states = perRequest<Socket, Answering>('answering')

/**
 * Answers one request of a connection at a time, and closes the connection after it if more were pipelined.
 * Node emits all pipelined requests of a chunk in one turn, so one connection could have thousands of running
 * calls. A client that pipelines sends the unanswered requests again (RFC 9112 section 9.3.2).
 */
export function oneRequestAtATime(listener: RequestListener): RequestListener {
  return (request, response) => {
    const { socket } = request
    const known = states.get(socket)
    const state = known ?? { request: undefined, response: undefined, pipelined: 0 }
    if (known === undefined) states.set(socket, state)
    if (state.response !== undefined) {
      state.pipelined += 1
      if (state.pipelined === 1) closeAfter(state.response, socket)
      if (state.pipelined > maxPipelined) socket.destroy()
      return
    }
    if (state.pipelined > 0) return
    state.request = request
    state.response = response
    atEnd(response, () => {
      state.response = undefined
      if (request.complete) state.request = undefined
    })
    listener(request, response)
  }
}

/** Checks whether a further request on the connection gets no response. */
export function dropsNextRequest(socket: Socket): boolean {
  const state = states.get(socket)
  return state !== undefined && (state.response !== undefined || state.pipelined > 0)
}

/**
 * Decides what becomes of a connection on which Node rejects data.
 * @returns whether the data gets a response: it belongs to the request that is being received. Otherwise, the
 * response before it is sent first, or the connection is closed at once if that response has begun.
 */
export function answersRejected(socket: Socket): boolean {
  const state = states.get(socket)
  if (state === undefined) return true
  const { request, response, pipelined } = state
  const isReceived = request === undefined || request.complete
  if (response === undefined) {
    if (pipelined === 0 && isReceived) return true
  } else if (!response.headersSent) {
    if (!isReceived) return true
    state.pipelined += 1
    if (pipelined === 0) closeAfter(response, socket)
    return false
  }
  socket.destroy()
  return false
}

/** Stops reading, so that requests that were sent too early wait outside of the process. */
function closeAfter(unfinished: ServerResponse, socket: Socket): void {
  socket.pause()
  // Node resumes it at the end of each request that it has read.
  socket.on('resume', () => socket.pause())
  if (!unfinished.headersSent) unfinished.setHeader('Connection', 'close')
  unfinished.once('finish', () => socket.destroySoon())
}
