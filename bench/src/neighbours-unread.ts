import { connect } from 'node:net'
import type { Socket } from 'node:net'
import type { Answer } from './storm-connection.ts'

interface UnreadRequest {
  port: number
  /** The address of the client. */
  from: string
  /** Raw HTTP. */
  text: string
}

/** Of one attacker. */
const maxOpen = 5

/** Connections whose responses are not read. */
export interface Unread {
  /** Sends a request and reads the start of its response. Closes the oldest of too many connections. */
  open(request: UnreadRequest): Promise<Answer>
  close(): void
}

export function createUnread(): Unread {
  const sockets: Socket[] = []
  return {
    open: async (request) => {
      const { socket, answer } = await sendAndPause(request)
      sockets.push(socket)
      if (sockets.length > maxOpen) sockets.shift()?.destroy()
      return answer
    },
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
}

/** Sends a request, reads the start of its response, and closes the connection. */
export async function readStart(request: UnreadRequest): Promise<Answer> {
  const { socket, answer } = await sendAndPause(request)
  socket.destroy()
  return answer
}

function sendAndPause({ port, from, text }: UnreadRequest): Promise<{ socket: Socket; answer: Answer }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ socket: Socket; answer: Answer }>()
  const socket = connect({ port, host: '127.0.0.1', localAddress: from }).setEncoding('latin1')
  socket.once('data', (chunk: string) => {
    socket.pause()
    resolve({ socket, answer: { status: Number(chunk.slice(9, 12)), text: chunk } })
  })
  socket.on('error', reject)
  socket.once('close', () => reject(new Error('the server closed the connection')))
  socket.write(text)
  return promise
}
