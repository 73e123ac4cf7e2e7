import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { SmtpServer } from '../settings/smtp-url.ts'

type Step = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'end' | 'RSET' | 'QUIT' | 'other'
type Reply = string | ((socket: Socket) => void)

const goodReplies: Record<Step, Reply> = {
  greeting: '220 mail.test ESMTP',
  EHLO: '250 mail.test',
  MAIL: '250 2.1.0 Ok',
  RCPT: '250 2.1.5 Ok',
  DATA: '354 Go ahead',
  end: '250 2.0.0 Ok',
  RSET: '250 2.0.0 Ok',
  QUIT: '221 2.0.0 Bye',
  other: '502 5.5.1 Command not implemented',
}

export interface ScriptedServer extends AsyncDisposable {
  readonly server: SmtpServer
  /** The lines that clients sent outside of mails. */
  readonly commands: string[]
  /** Changes replies; the others stay. */
  replyWith(changes: Partial<Record<Step, Reply>>): void
  /** Closes all connections, as servers do with idle ones. */
  hangUp(): Promise<void>
}

/** A mail server that can misbehave at each step. */
export async function openScriptedServer(
  changes: Partial<Record<Step, Reply>> = {},
): Promise<ScriptedServer> {
  const replies = { ...goodReplies, ...changes }
  const commands: string[] = []
  const sockets = new Set<Socket>()
  const listener = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
    const reply = (step: Step) => {
      const answer = replies[step]
      if (typeof answer === 'string') socket.write(`${answer}\r\n`)
      else answer(socket)
    }
    let isInMail = false
    let rest = ''
    socket.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        if (isInMail && line !== '.') continue
        const step = isInMail ? 'end' : stepOf(line)
        if (!isInMail) commands.push(line)
        isInMail = step === 'DATA' && replies.DATA === goodReplies.DATA
        reply(step)
      }
    })
    reply('greeting')
  }).listen(0, '127.0.0.1')
  await once(listener, 'listening')
  // A TCP server has an address object, not the name of a pipe.
  const { port } = listener.address() as AddressInfo
  return {
    server: { host: '127.0.0.1', port, encryption: 'optional', credentials: null },
    commands,
    replyWith: (more) => void Object.assign(replies, more),
    async hangUp() {
      const closed = [...sockets].map((socket) => once(socket.end('421 4.4.2 Idle\r\n'), 'close'))
      await Promise.all(closed)
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      listener.close()
      await once(listener, 'close')
    },
  }
}

function stepOf(line: string): Step {
  const word = line.slice(0, 4).toUpperCase()
  const known = ['EHLO', 'MAIL', 'RCPT', 'DATA', 'RSET', 'QUIT'] as const
  return known.find((step) => step === word) ?? 'other'
}

export function cut(socket: Socket): void {
  socket.destroy()
}

export function stayMute(): void {
  return undefined
}

/** Sends a byte of a reply every 20 ms, without end. */
export function drip(socket: Socket): void {
  socket.write('250-')
  const timer = setInterval(() => socket.write('x'), 20)
  socket.on('close', () => clearInterval(timer))
}
