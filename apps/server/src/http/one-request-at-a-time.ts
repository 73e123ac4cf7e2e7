import type { RequestListener, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { atEnd } from './at-end.ts'
import { perRequest } from './per-request.ts'

/** The pipelined requests that may wait for the close of their connection. Each takes some 1.5 KB. */
const maxPipelined = 20

interface Answering {
  /** Undefined between two requests. */
  response: ServerResponse | undefined
  /** Whether a response was sent before it. */
  hasAnswered: boolean
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
    const state = known ?? { response: undefined, hasAnswered: false, pipelined: 0 }
    if (known === undefined) states.set(socket, state)
    if (state.response !== undefined) {
      state.pipelined += 1
      if (state.pipelined === 1) closeAfter(state.response, socket)
      if (state.pipelined > maxPipelined) socket.destroy()
      return
    }
    if (state.pipelined > 0) return
    state.response = response
    atEnd(response, () => {
      state.response = undefined
      state.hasAnswered = true
    })
    listener(request, response)
  }
}

/** Checks whether a further request on the connection gets no response. */
export function dropsNextRequest(socket: Socket): boolean {
  const state = states.get(socket)
  return state !== undefined && (state.response !== undefined || state.pipelined > 0)
}

/** Checks whether a response on the connection was sent or has begun. */
export function hasBegunResponse(socket: Socket): boolean {
  const state = states.get(socket)
  return state !== undefined && (state.hasAnswered || state.response?.headersSent === true)
}

/** Stops reading, so that requests that were sent too early wait outside of the process. */
function closeAfter(unfinished: ServerResponse, socket: Socket): void {
  socket.pause()
  // Node resumes it at the end of each request that it has read.
  socket.on('resume', () => socket.pause())
  if (!unfinished.headersSent) unfinished.setHeader('Connection', 'close')
  unfinished.once('finish', () => socket.destroySoon())
}
