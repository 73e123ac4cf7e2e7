import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificate } from '@app/router/testing'

/** Serves something else than the product, until the end of the block. */
export async function serving(listener: RequestListener, certificate?: Certificate) {
  const server = certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A TCP server has an address object, not the name of a pipe.
  const { port } = server.address() as AddressInfo
  return {
    url: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    [Symbol.dispose]: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
