import type { createTransport } from 'nodemailer'
import type { MailSender } from '../../settings/mail-settings.ts'
import type { SmtpServer } from '../../settings/smtp-url.ts'
import { failedDelivery, impossibleAddress, stopped, timedOut } from './smtp-failure.ts'
import type { MailTransport, OutgoingMail } from './transport.ts'

/** Milliseconds. */
export interface SmtpTimeouts {
  dns: number
  connection: number
  greeting: number
  /** Of silence during the session. */
  silence: number
  /** Of one mail, with the wait for a connection. No other limit ends a server that drips bytes. */
  delivery: number
}

export const smtpTimeouts: SmtpTimeouts = {
  dns: 10_000,
  connection: 10_000,
  greeting: 15_000,
  silence: 20_000,
  delivery: 30_000,
}

type Pool = ReturnType<typeof openPool>

/**
 * Sends mail through one server, over connections that it keeps open between mails. The connections need the
 * library, which is loaded with the first mail. Closing cuts what is under way: its outcome is `failed`.
 */
export function createSmtpTransport(
  server: SmtpServer,
  from: MailSender,
  timeouts: SmtpTimeouts = smtpTimeouts,
): MailTransport {
  const closing = new AbortController()
  let pool: Promise<Pool> | undefined
  return {
    async send(mail, signal) {
      if (!isMailbox(mail.to)) return impossibleAddress
      const deadline = AbortSignal.timeout(timeouts.delivery)
      const end = AbortSignal.any([signal, deadline, closing.signal])
      try {
        pool ??= import('nodemailer').then((library) => openPool(library.createTransport, server, timeouts))
        const connections = await pool
        end.throwIfAborted()
        await connections.sendMail({ ...messageOf(mail, from), signal: end })
        return { status: 'sent' }
      } catch (error) {
        if (signal.aborted || closing.signal.aborted) return stopped
        return deadline.aborted ? timedOut(server) : failedDelivery(error, server)
      }
    },
    async close() {
      closing.abort()
      // Idle connections would keep the process alive.
      await pool?.then(
        (connections) => connections.close({ force: true }),
        () => undefined,
      )
    },
  }
}

/** Opens no connection yet. */
export function openPool(create: typeof createTransport, server: SmtpServer, timeouts: SmtpTimeouts) {
  const { host, port, encryption, credentials } = server
  return create({
    pool: true,
    host,
    port,
    maxConnections: 4,
    // For connections that the server closed while they were idle.
    maxRequeues: 2,
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    // Mail servers of this machine often have a certificate for another name, or one that they made.
    ...(encryption === 'optional' ? { tls: { rejectUnauthorized: false } } : {}),
    // Without `forceAuth`, a server that offers no log-in would get the mail unauthenticated.
    ...(credentials === null
      ? {}
      : { auth: { user: credentials.user, pass: credentials.password }, forceAuth: true }),
    dnsTimeout: timeouts.dns,
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    socketTimeout: timeouts.silence,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

function messageOf({ id, to, date, mail }: OutgoingMail, from: MailSender) {
  return {
    from,
    // As an object: the library reads text as a list of recipients.
    to: { name: '', address: to },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    date: new Date(date),
    messageId: `<${id}@${from.address.slice(from.address.lastIndexOf('@') + 1)}>`,
    // RFC 3834: no out-of-office replies.
    headers: { 'Auto-Submitted': 'auto-generated' },
  }
}

/**
 * Accepts one address that needs no quotes and no SMTPUTF8. The inputs of the product allow no other; this is
 * the last check before a header, where the library would repair the address or write to a part of it.
 */
function isMailbox(address: string): boolean {
  return /^[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/i.test(address)
}
