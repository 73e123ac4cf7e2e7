import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A server on its own port of this machine, closed at the end of the block. */
export interface Listening extends AsyncDisposable {
  readonly url: string
  readonly server: Server
}

export async function listening(answer: RequestListener): Promise<Listening> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A TCP server has an address object, not the name of a pipe.
  const { port } = server.address() as AddressInfo
  return {
    server,
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => void server.close(resolve))
    },
  }
}
