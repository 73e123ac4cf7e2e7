import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** A TCP connection for requests that no HTTP client would send. */
export interface RawConnection extends Disposable {
  readonly socket: Socket
  /** What a request on it sends as `Host`. */
  readonly host: string
  send(text: string): void
  /** Resolves when the received text matches. @throws Error when the server disconnects first */
  until(pattern: RegExp): Promise<string>
  /** Returns everything received until the server disconnects. */
  rest(): Promise<string>
}

export async function openRawConnection(url: string): Promise<RawConnection> {
  const { host, hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname).setEncoding('utf8')
  let arrived = ''
  socket.on('data', (text: string) => {
    arrived += text
  })
  // A reset after the response counts as an end.
  socket.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  return {
    socket,
    host,
    send: (text) => void socket.write(text),
    until: async (pattern) => {
      while (!pattern.test(arrived)) {
        if (socket.closed) throw new Error(`The connection ended after: ${arrived}`)
        await Promise.race([ended, new Promise((resolve) => socket.once('data', resolve))])
      }
      return arrived
    },
    rest: async () => {
      await ended
      return arrived
    },
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

/** Sends lines as one request and returns the whole answer. A `Host` is added unless the lines have one. */
export async function exchange(url: string, ...lines: string[]): Promise<string> {
  using line = await openRawConnection(url)
  const host = lines.some((text) => /^host:/i.test(text)) ? [] : [`Host: ${line.host}`]
  line.send([...lines, ...host, 'Connection: close', '', ''].join('\r\n'))
  return await line.rest()
}
