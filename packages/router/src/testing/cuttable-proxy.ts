import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

/** A proxy between a program and a server that a test can disconnect and reconnect. */
export interface CuttableProxy extends AsyncDisposable {
  /** `url` with this proxy's address instead of the server's. */
  readonly url: string
  /** Breaks every connection and rejects new ones. */
  cut(): Promise<void>
  /** Accepts connections again, at the same address. */
  reconnect(): Promise<void>
  /** Keeps connections open but forwards nothing: on the present ones, or until `thaw` on new ones too. */
  freeze(which: 'present' | 'all'): void
  thaw(): void
}

export async function cuttableProxy(serverUrl: string): Promise<CuttableProxy> {
  const target = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let frozen = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    if (frozen) socket.pause()
  }
  const server = createServer((near) => {
    const far = connect(Number(target.port) || 5432, target.hostname)
    near.on('data', (bytes) => far.write(bytes))
    far.on('data', (bytes) => near.write(bytes))
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    keep(near)
    keep(far)
  })
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', resolve)
    })
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  await listen(0)
  // A TCP server has an address object, not the name of a pipe.
  const { port } = server.address() as AddressInfo
  const url = new URL(serverUrl)
  url.host = `127.0.0.1:${port}`
  return {
    url: url.href,
    cut,
    reconnect: () => listen(port),
    freeze(which) {
      frozen = which === 'all'
      for (const socket of sockets) socket.pause()
    },
    thaw() {
      frozen = false
      for (const socket of sockets) socket.resume()
    },
    [Symbol.asyncDispose]: cut,
  }
}
