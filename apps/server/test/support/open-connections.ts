import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** Opens `count` connections from one address. @returns those that the server left open */
export async function openConnections(url: string, count: number, localAddress: string): Promise<Socket[]> {
  const { host, port } = new URL(url)
  const sockets = Array.from({ length: count }, () =>
    connect({ port: Number(port), host: '127.0.0.1', localAddress }).on('error', () => undefined),
  )
  await Promise.all(sockets.map((socket) => firstOf(socket, 'connect', 'close')))
  // The server has seen a connection once it has answered on it or closed it.
  for (const socket of sockets) socket.write(`GET /livez HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await Promise.all(sockets.map((socket) => firstOf(socket, 'data', 'close')))
  return sockets.filter((socket) => !socket.closed)
}

function firstOf(socket: Socket, ...events: string[]): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve()
    for (const event of events) socket.once(event, () => resolve())
  })
}
