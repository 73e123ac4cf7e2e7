import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Closes the connection that has been idle longest when more than `most` wait for another request. Load balancers keep theirs for a
 * minute and more; without a bound a flood of idle ones would take the places of callers for as long.
 */
export function boundIdleConnections(server: Server, most: number): void {
  /** Longest idle first. */
  const idle = new Set<Socket>()
  server.prependListener('request', ({ socket }, response) => {
    idle.delete(socket)
    response.once('close', () => {
      if (socket.destroyed) return
      idle.add(socket)
      const [longest] = idle
      if (idle.size <= most || longest === undefined) return
      idle.delete(longest)
      longest.destroy()
    })
  })
  server.on('connection', (socket: Socket) => {
    socket.once('close', () => idle.delete(socket))
  })
}
