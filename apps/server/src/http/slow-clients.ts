import type { Server } from 'node:http'
import type { Socket } from 'node:net'

interface Limits {
  stalledMs: number
  laggingMs: number
  checkEveryMs: number
}

interface Reader {
  /** Bytes that the system has taken for the other side, as of the last look. */
  taken: number
  takenSince: number
  behindSince: number
}

/**
 * Ends connections whose other side takes nothing of what waits for it, or takes so little that it never catches up. Node's own
 * time-out starts anew with every byte, in either direction: somebody who takes one now and then would hold an answer for ever,
 * and a stream's signs of life would keep themselves alive. A peer that has vanished shows here once the system's
 * buffers are full; before that, only the system knows.
 */
export function cutSlowReaders(server: Server, { stalledMs, laggingMs, checkEveryMs }: Limits): void {
  const readers = new Map<Socket, Reader>()
  const look = (socket: Socket, now: number) => {
    const taken = socket.bytesWritten - socket.writableLength
    const before = readers.get(socket)
    const isBehind = socket.writableLength > 0
    if (before === undefined || !isBehind) {
      return void readers.set(socket, { taken, takenSince: now, behindSince: now })
    }
    if (taken > before.taken) Object.assign(before, { taken, takenSince: now })
    if (now - before.takenSince >= stalledMs || now - before.behindSince >= laggingMs) socket.destroy()
  }
  const timer = setInterval(() => {
    const now = performance.now()
    for (const socket of readers.keys()) look(socket, now)
  }, checkEveryMs).unref()
  server.on('connection', (socket: Socket) => {
    look(socket, performance.now())
    socket.once('close', () => readers.delete(socket))
  })
  server.once('close', () => clearInterval(timer))
}
