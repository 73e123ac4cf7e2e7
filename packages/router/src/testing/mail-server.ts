import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { makeCertificate } from './make-certificate.ts'
import type { Certificate } from './make-certificate.ts'

/** A mail as the server got it. */
export interface ReceivedMail {
  /** The addresses of the envelope, which decide who gets a mail. */
  envelope: { from: string; to: string[] }
  /** RFC 3848: ESMTP, with S over TLS and A after a log-in. */
  protocol: string
  subject: string
  text: string
  html: string
  /** All headers, in order. */
  headers: Email['headers']
  messageId: string
  /** The web addresses in the text, in order. */
  links: string[]
}

/** A mail server on a port of this machine. Each mail is received once its sender has the confirmation. */
export interface MailServer extends AsyncDisposable {
  /** An `SMTP_URL`, with the log-in if the server requires one. */
  readonly url: string
  readonly certificate: Certificate
  /** All mails in the order of their arrival. */
  mails(): ReceivedMail[]
  /** Returns the first mail that no earlier call returned, and waits for it. */
  nextMail(): Promise<ReceivedMail>
  /** Answers mail for one address, or for all, with a reply like `550 5.1.1 No such user`. */
  rejectRecipients(reply: string, address?: string): void
  acceptRecipients(): void
  /** Withholds the confirmation of each mail until `resume`. */
  pause(): void
  resume(): void
  close(): Promise<void>
}

interface MailServerOptions {
  login?: { user: string; password: string }
  /** Default: none. */
  encryption?: 'none' | 'starttls' | 'tls'
  /** The host of the certificate. */
  certifiedHost?: string
}

export async function openMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { login, encryption = 'none', certifiedHost = '127.0.0.1' } = options
  const certificate = makeCertificate(certifiedHost)
  const received: ReceivedMail[] = []
  const rejected = new Map<string | undefined, string>()
  const waiting: ((mail: ReceivedMail) => void)[] = []
  let taken = 0
  let pause: PromiseWithResolvers<void> | undefined
  const server = new SMTPServer({
    ...certificate,
    secure: encryption === 'tls',
    authOptional: login === undefined,
    allowInsecureAuth: encryption === 'none',
    disabledCommands: [
      ...(encryption === 'starttls' ? [] : ['STARTTLS']),
      ...(login === undefined ? ['AUTH'] : []),
    ],
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth({ username, password }, _session, done) {
      const isRight = username === login?.user && password === login?.password
      done(null, isRight ? { user: username } : { message: '5.7.8 Wrong password', responseCode: 535 })
    },
    onRcptTo({ address }, _session, done) {
      const reply = rejected.get(address) ?? rejected.get(undefined)
      done(reply === undefined ? null : replyError(reply))
    },
    onData(stream, { envelope, transmissionType }, done) {
      void readMail(stream).then(async (mail) => {
        await pause?.promise
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const to = envelope.rcptTo.map(({ address }) => address)
        done(null, 'Received')
        const complete = { ...mail, envelope: { from, to }, protocol: transmissionType }
        received.push(complete)
        if (waiting.length > 0) taken += 1
        waiting.shift()?.(complete)
      }, done)
    },
  })
  // A client that breaks a connection is no fault of this server.
  server.on('error', () => undefined)
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  // A TCP server has an address object, not the name of a pipe.
  const { port } = listener.address() as AddressInfo
  const resume = () => {
    pause?.resolve()
    pause = undefined
  }
  const close = async () => {
    resume()
    await new Promise<void>((resolve) => server.close(resolve))
  }
  return {
    url: `${encryption === 'tls' ? 'smtps' : 'smtp'}://${login === undefined ? '' : `${encodeURIComponent(login.user)}:${encodeURIComponent(login.password)}@`}127.0.0.1:${port}`,
    certificate,
    mails: () => [...received],
    nextMail: () => {
      const next = received[taken]
      if (next === undefined) return new Promise((resolve) => waiting.push(resolve))
      taken += 1
      return Promise.resolve(next)
    },
    rejectRecipients: (reply, address) => void rejected.set(address, reply),
    acceptRecipients: () => rejected.clear(),
    pause: () => void (pause ??= Promise.withResolvers()),
    resume,
    close,
    [Symbol.asyncDispose]: close,
  }
}

function replyError(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) })
}

async function readMail(stream: Readable): Promise<Omit<ReceivedMail, 'envelope' | 'protocol'>> {
  const chunks: Buffer[] = []
  // Sound: a stream without an encoding gives buffers.
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk)
  const {
    subject = '',
    text = '',
    html = '',
    messageId = '',
    headers,
  } = await PostalMime.parse(Buffer.concat(chunks))
  const links = text.match(/https?:\/\/[^\s<>"]+/g) ?? []
  return { subject, text, html, messageId, headers, links }
}
