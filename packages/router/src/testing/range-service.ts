import { hash } from 'node:crypto'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A local service with the protocol of Pwned Passwords, for `BREACH_CHECK_URL`. */
export interface RangeService extends AsyncDisposable {
  readonly url: string
  /** The requests so far: path, and whether they asked for padding. */
  readonly requests: readonly { path: string; isPadded: boolean }[]
}

interface RangeServiceOptions {
  /** Passwords with their counts; 0 is padding. */
  leaked?: Record<string, number>
  /** Sends another response than the lines. */
  respond?: (response: ServerResponse, lines: string) => void
}

export async function rangeService({
  leaked = {},
  respond = (response, lines) => response.end(lines),
}: RangeServiceOptions = {}): Promise<RangeService> {
  const requests: { path: string; isPadded: boolean }[] = []
  const digests = Object.entries(leaked).map(([password, count]) => ({
    sha1: hash('sha1', password).toUpperCase(),
    count,
  }))
  const server = createServer(({ url = '', headers }, response) => {
    requests.push({ path: url, isPadded: headers['add-padding'] === 'true' })
    const found = digests.filter(({ sha1 }) => url === `/range/${sha1.slice(0, 5)}`)
    const lines = found.map(({ sha1, count }) => `${sha1.slice(5)}:${count}`)
    respond(response, [`${'0'.repeat(34)}A:3`, ...lines, `${'F'.repeat(35)}:0`].join('\r\n'))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  // A TCP server has an address object, not the name of a pipe.
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/range/`,
    requests,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      if (server.listening) await new Promise((resolve) => void server.close(resolve))
    },
  }
}
