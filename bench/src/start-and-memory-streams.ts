// Opens event streams in its own process and keeps them. It gets the port and the number of streams of one
// cookie as arguments, and the cookies as first message. It opens as many streams in all as each further
// message says, and replies with the number that are open.
import { connect } from 'node:net'
import type { Socket } from 'node:net'

const [, , port = '', perCookie = '5'] = process.argv
let cookies: readonly string[] = []
const streamsPerAddress = 100
const atOnce = 50
const sockets: Socket[] = []

process.on('message', (message: string[] | number) => {
  if (typeof message === 'number') return void openUntil(message)
  cookies = message
  process.send?.('ready')
})
process.once('disconnect', () => process.exit())

async function openUntil(wanted: number): Promise<void> {
  while (sockets.length < wanted) {
    const count = Math.min(atOnce, wanted - sockets.length)
    await Promise.all(Array.from({ length: count }, () => openStream(sockets.length)))
  }
  process.send?.(sockets.filter((each) => !each.destroyed).length)
}

/** Resolves when the stream has begun. Ends the process if the server refuses it. */
function openStream(index: number): Promise<void> {
  const address = Math.floor(index / streamsPerAddress)
  const localAddress = `127.1.${address}.1`
  const cookie = cookies[Math.floor(index / Number(perCookie)) % cookies.length] ?? ''
  const socket = connect({ port: Number(port), host: '127.0.0.1', localAddress })
  sockets.push(socket)
  const begun = Promise.withResolvers<void>()
  socket.once('data', (bytes: Buffer) => {
    const text = bytes.toString('latin1')
    if (!text.startsWith('HTTP/1.1 200')) throw new Error(text)
    begun.resolve()
  })
  socket.on('data', () => undefined)
  socket.write(
    `GET /trpc/sessions.events?input=%7B%7D HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
      `Accept: text/event-stream\r\nCookie: ${cookie}\r\n\r\n`,
  )
  return begun.promise
}
