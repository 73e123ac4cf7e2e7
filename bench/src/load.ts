import { connect } from 'node:net'

export interface Target {
  port: number
  path: string
  cookie: string
  /** Text in each correct response body, so that a wrong response does not count as a fast one. */
  expected: string
}

export interface Load {
  connections: number
  seconds: number
}

/**
 * Keeps one request in flight on each connection until the time is over.
 *
 * Uses bare sockets, because Node's HTTP client costs as much as the server that it would measure.
 * @returns the latencies in milliseconds, shortest first
 * @throws if a response is not the expected one
 */
export async function load(target: Target, { connections, seconds }: Load): Promise<Float64Array> {
  const latenciesMs: number[] = []
  const endsAt = performance.now() + seconds * 1_000
  await Promise.all(Array.from({ length: connections }, () => keepRequesting(target, endsAt, latenciesMs)))
  return Float64Array.from(latenciesMs).toSorted()
}

function keepRequesting(target: Target, endsAt: number, latenciesMs: number[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const host = `127.0.0.1:${target.port}`
  const request = `GET ${target.path} HTTP/1.1\r\nHost: ${host}\r\nCookie: ${target.cookie}\r\n\r\n`
  const socket = connect(target.port, '127.0.0.1').setNoDelay().setEncoding('latin1')
  let answer = ''
  let sentAt = 0
  const sendRequest = () => {
    answer = ''
    sentAt = performance.now()
    socket.write(request)
  }
  socket.once('connect', sendRequest)
  socket.once('error', reject)
  socket.once('close', () => reject(new Error('the server closed the connection')))
  socket.on('data', (chunk: string) => {
    answer += chunk
    if (!isWhole(answer)) return
    const now = performance.now()
    if (!answer.startsWith('HTTP/1.1 200 ') || !answer.includes(target.expected)) {
      reject(new Error(`unexpected response of ${target.path}:\n${answer}`))
      return void socket.destroy()
    }
    latenciesMs.push(now - sentAt)
    if (now < endsAt) return sendRequest()
    resolve()
    socket.end()
  })
  return promise
}

export function isWhole(answer: string): boolean {
  const bodyAt = answer.indexOf('\r\n\r\n') + 4
  if (bodyAt === 3) return false
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(answer)?.[1]
  return length === undefined ? answer.endsWith('\r\n0\r\n\r\n') : answer.length >= bodyAt + Number(length)
}
