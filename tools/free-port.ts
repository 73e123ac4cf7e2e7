import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import type { ListenOptions, Server } from 'node:net'

/** Linux gives the ports from 32768 on to outgoing connections and to programs that ask for any port. */
const [lowest, highest] = [20_000, 32_767]

/**
 * Returns a port of 127.0.0.1 for a program that gets its port in advance, or that restarts on it. Until this
 * process ends, no other call returns it, in any process of a Linux machine.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(lowest, highest + 1)
    // A name of a socket that no file has ends with its process, even if that is killed.
    const isOurs = process.platform !== 'linux' || (await open({ path: `\0app-test-port-${port}` })) !== null
    const probe = isOurs ? await open({ port, host: '127.0.0.1' }) : null
    if (probe === null) continue
    probe.close()
    await once(probe, 'close')
    return port
  }
}

/** @returns null if another program has the address */
async function open(address: ListenOptions): Promise<Server | null> {
  const server = createServer().unref().listen(address)
  try {
    await once(server, 'listening')
    return server
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return null
    throw error
  }
}
