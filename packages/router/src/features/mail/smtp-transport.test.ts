import { expect, test } from 'vitest'
import type { SmtpServer } from '../../settings/smtp-url.ts'
import { openMailServer } from '../../testing/mail-server.ts'
import { openScriptedServer, stayMute } from '../../testing/scripted-mail-server.ts'
import { smtpServerOf } from './smtp-server-of.fixture.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import type { Delivery, MailTransport, OutgoingMail } from './transport.ts'
import { trustCertificate } from './trust-certificate.fixture.ts'

const from = { name: 'Ada Accounts', address: 'accounts@example.org' }
const login = { user: 'ada@example.org', password: 'swörd:fish/?' }
const never = new AbortController().signal

const mail: OutgoingMail = {
  id: '019aaaaa-0000-7000-8000-000000000000',
  to: 'bob@example.org',
  date: Date.UTC(2026, 0, 2, 3, 4, 5),
  mail: {
    subject: 'Grüße 😀',
    text: 'Open https://a.test/r#t=1&u=2 now.\n.\nEnd',
    html: '<p>Grüße</p>',
  },
}

function open(server: SmtpServer): MailTransport & AsyncDisposable {
  const transport = createSmtpTransport(server, from)
  return { ...transport, [Symbol.asyncDispose]: () => transport.close() }
}

test('SMTP transport: a mail arrives with its subject, both bodies and its headers', async () => {
  await using server = await openMailServer()
  await using transport = open(smtpServerOf(server))
  expect(await transport.send(mail, never)).toEqual({ status: 'sent' })
  const received = await server.nextMail()
  expect(received).toMatchObject({
    envelope: { from: from.address, to: [mail.to] },
    subject: 'Grüße 😀',
    text: 'Open https://a.test/r#t=1&u=2 now.\n.\nEnd\n',
    html: '<p>Grüße</p>\n',
    links: ['https://a.test/r#t=1&u=2'],
  })
  const headers = Object.fromEntries(received.headers.map(({ key, value }) => [key, value]))
  expect(headers).toEqual({
    from: 'Ada Accounts <accounts@example.org>',
    to: 'bob@example.org',
    subject: expect.stringContaining('=?UTF-8?'),
    'message-id': '<019aaaaa-0000-7000-8000-000000000000@example.org>',
    date: 'Fri, 02 Jan 2026 03:04:05 +0000',
    'auto-submitted': 'auto-generated',
    'mime-version': '1.0',
    'content-type': expect.stringContaining('multipart/alternative'),
  })
})

test('SMTP transport: logs in, and uses STARTTLS, TLS or neither as the settings say', async () => {
  const outcomes: string[] = []
  for (const [encryption, required] of [
    ['none', 'optional'],
    ['starttls', 'optional'],
    ['starttls', 'starttls'],
    ['tls', 'tls'],
  ] as const) {
    await using server = await openMailServer({ encryption, login })
    using _trust = trustCertificate(server.certificate.cert)
    await using transport = open(smtpServerOf(server, { encryption: required }))
    await transport.send(mail, never)
    outcomes.push((await server.nextMail()).protocol)
  }
  expect(outcomes).toEqual(['ESMTPA', 'ESMTPSA', 'ESMTPSA', 'ESMTPSA'])
})

test('SMTP transport: keeps its connections, and replaces those that the server closed', async () => {
  await using server = await openScriptedServer()
  await using transport = open(server.server)
  const greetings = () => server.commands.filter((command) => command.startsWith('EHLO')).length
  await transport.send(mail, never)
  await transport.send(mail, never)
  expect(greetings()).toBe(1)
  await server.hangUp()
  expect(await transport.send(mail, never)).toEqual({ status: 'sent' })
  expect(greetings()).toBe(2)
  server.replyWith({
    MAIL: (socket) => {
      server.replyWith({ MAIL: '250 2.1.0 Ok' })
      socket.destroy()
    },
  })
  expect(await transport.send(mail, never)).toEqual({ status: 'sent' })
  expect(greetings()).toBe(3)
})

test('SMTP transport: sends ten mails over at most four connections', async () => {
  await using server = await openScriptedServer()
  await using transport = open(server.server)
  const deliveries = await Promise.all(Array.from({ length: 10 }, () => transport.send(mail, never)))
  expect(deliveries).toEqual(Array.from({ length: 10 }, () => ({ status: 'sent' })))
  expect(server.commands.filter((command) => command.startsWith('EHLO'))).toHaveLength(4)
})

test('SMTP transport: an abort or a close ends a mail, and the next one is not sent after a close', async () => {
  const stopped = { status: 'failed', problem: 'The server stopped before the mail was delivered.' }
  const answered = Promise.withResolvers<void>()
  await using server = await openScriptedServer({ end: () => answered.resolve() })
  const transport = createSmtpTransport(server.server, from)
  const abort = new AbortController()
  const aborted = transport.send(mail, abort.signal)
  await answered.promise
  abort.abort()
  expect(await aborted).toEqual(stopped)
  expect(await transport.send(mail, abort.signal)).toEqual(stopped)
  server.replyWith({ MAIL: stayMute })
  const cut = transport.send(mail, never)
  await transport.close()
  expect(await cut).toEqual(stopped)
  expect(await transport.send(mail, never)).toEqual(stopped)
  expect(server.commands.filter((command) => command.startsWith('DATA'))).toHaveLength(1)
})

test('SMTP transport: a mail cannot name a file or an address whose content it sends', async () => {
  await using server = await openMailServer()
  await using transport = open(smtpServerOf(server))
  for (const source of [{ path: '/etc/hostname' }, { href: 'http://127.0.0.1:1/' }]) {
    // The types forbid it; a row of the database is not typed.
    const delivery: Delivery = await transport.send(
      { ...mail, mail: { ...mail.mail, text: source as unknown as string } },
      never,
    )
    expect(delivery).toEqual({ status: 'failed', problem: expect.stringMatching(/E(FILE|URL)ACCESS/) })
  }
  expect(server.mails()).toEqual([])
})
