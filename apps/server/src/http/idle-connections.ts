import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { atEnd } from './at-end.ts'

/**
 * Closes the connection that has been idle longest when more than `limit` are idle. Idle connections stay
 * open for a minute or more, for load balancers. Without a limit, a flood of idle connections would lock out
 * other clients for as long.
 */
export function boundIdleConnections(server: Server, limit: number): void {
  /** Longest idle first. */
  const idle = new Set<Socket>()
  server.prependListener('request', ({ socket }, response) => {
    idle.delete(socket)
    atEnd(response, () => {
      if (socket.destroyed) return
      idle.add(socket)
      if (idle.size <= limit) return
      const [longest] = idle
      if (longest === undefined) return
      idle.delete(longest)
      longest.destroy()
    })
  })
  server.on('connection', (socket: Socket) => {
    socket.once('close', () => idle.delete(socket))
  })
}
