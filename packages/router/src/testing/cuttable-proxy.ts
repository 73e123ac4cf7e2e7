import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '../../../../tools/free-port.ts'

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
  /** Delivers each answer of the server this much later; 0 is none. */
  delayAnswers(ms: number): void
}

export async function cuttableProxy(serverUrl: string): Promise<CuttableProxy> {
  const target = new URL(serverUrl)
  const sockets = new Set<Socket>()
  let frozen = false
  let delayMs = 0
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
    if (frozen) socket.pause()
  }
  const server = createServer((near) => {
    const far = connect(Number(target.port) || 5432, target.hostname)
    near.on('data', (bytes) => far.write(bytes))
    far.on(
      'data',
      inOrder(
        () => delayMs,
        (bytes) => near.write(bytes),
      ),
    )
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
  const port = await freePort()
  await listen(port)
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
    delayAnswers(ms) {
      delayMs = ms
    },
    [Symbol.asyncDispose]: cut,
  }
}

/** Passes values on after a delay, also in order when the delay becomes shorter. */
function inOrder(delayMs: () => number, pass: (bytes: Buffer) => void): (bytes: Buffer) => void {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return (bytes) => {
    if (delayMs() === 0 && waiting === 0) return pass(bytes)
    waiting += 1
    last = Promise.all([last, sleep(delayMs())]).then(() => {
      waiting -= 1
      pass(bytes)
    })
  }
}
