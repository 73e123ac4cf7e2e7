import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const retryMs = 100

/**
 * Resolves when a program listens at the address, or after `limitMs`. A server that restarts after an edit is
 * back in about a second, so its pages do not see a failure.
 */
export async function waitForServer(address: string, limitMs: number): Promise<void> {
  const deadline = performance.now() + limitMs
  while (!(await accepts(new URL(address))) && performance.now() < deadline) await sleep(retryMs)
}

function accepts({ hostname, port, protocol }: URL): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = connect({
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || (protocol === 'https:' ? 443 : 80)),
  })
  socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  return promise.finally(() => socket.destroy())
}
