import { expect, test } from 'vitest'
import { freePort } from '../../../../../tools/free-port.ts'
import type { SmtpServer } from '../../settings/smtp-url.ts'
import { openMailServer } from '../../testing/mail-server.ts'
import { cut, drip, openScriptedServer, stayMute } from '../../testing/scripted-mail-server.ts'
import { smtpServerOf } from './smtp-server-of.fixture.ts'
import { createSmtpTransport } from './smtp-transport.ts'
import type { Delivery } from './transport.ts'
import { trustCertificate } from './trust-certificate.fixture.ts'

const from = { name: '', address: 'accounts@example.org' }
const password = 'swordfish-4711'
const login = { user: 'ada', password }
const never = new AbortController().signal
/** Far beyond any machine's delay, and far above the limit that a test sets. */
const longMs = 100_000
const long = { dns: longMs, connection: longMs, greeting: longMs, silence: longMs, delivery: longMs }
const mail = {
  id: '019aaaaa-0000-7000-8000-000000000000',
  to: 'bob@example.org',
  date: 0,
  mail: { subject: 'Subject-canary', text: 'Text-canary', html: '<p>Html-canary</p>' },
}

async function deliver(
  server: SmtpServer,
  timeouts?: Parameters<typeof createSmtpTransport>[2],
): Promise<Delivery> {
  const transport = createSmtpTransport(server, from, timeouts)
  try {
    return await transport.send(mail, never)
  } finally {
    await transport.close()
  }
}

/** Expects a sentence without the content of the mail, the recipient and the password. */
function expectProblem(delivery: Delivery, status: Delivery['status'], sentence: RegExp): void {
  expect(delivery).toEqual({ status, problem: expect.stringMatching(sentence) })
  expect(JSON.stringify(delivery)).not.toMatch(/canary|bob@|swordfish/)
}

test.each([
  [
    '421 at the greeting',
    { greeting: '421 4.3.2 Busy' },
    /accepts no mail from this machine \(421 4\.3\.2\)/,
  ],
  ['554 at the greeting', { greeting: '554 No service' }, /accepts no mail from this machine \(554\)/],
  ['an HTTP response', { greeting: 'HTTP/1.1 400 Bad Request\r\n' }, /is not a mail server/],
  ['another protocol', { greeting: 'SSH-2.0-OpenSSH_9.2' }, /is not a mail server/],
  ['a line of 3 MB', { greeting: `220 ${'x'.repeat(3_000_000)}` }, /is not a mail server/],
  ['a cut before the greeting', { greeting: cut }, /closes connections without a greeting/],
  ['450 for the sender', { MAIL: '450 4.7.1 Later' }, /does not accept mail at the moment \(450 4\.7\.1\)/],
  ['553 for the sender', { MAIL: '553 5.7.1 Not yours' }, /address in MAIL_FROM \(553 5\.7\.1\)/],
  ['530 for the sender', { MAIL: '530 5.7.0 Log in first' }, /requires a log-in \(530 5\.7\.0\)/],
  ['530 for the recipient', { RCPT: '530 5.7.0 Log in first' }, /requires a log-in \(530 5\.7\.0\)/],
  ['450 for the recipient', { RCPT: '450 4.2.0 Try later' }, /not accept the recipient at the moment/],
  ['refused relaying', { RCPT: '554 5.7.1 <bob@example.org>: Relay denied' }, /rules of .* \(554 5\.7\.1\)/],
  ['no signature', { end: '550-5.7.26 Unauthenticated\r\n550 5.7.26 Mail' }, /rules of .* \(550 5\.7\.26\)/],
  [
    '451 for the mail',
    { end: '451 4.3.0 Try later' },
    /does not accept the mail at the moment \(451 4\.3\.0\)/,
  ],
  ['a cut after the mail', { end: cut }, /closed the connection before it confirmed .*may have arrived/],
] as const)('SMTP failures: %s is a failure that is tried again', async (_, replies, sentence) => {
  await using server = await openScriptedServer(replies)
  expectProblem(await deliver(server.server), 'failed', sentence)
})

test.each([
  ['550 for the recipient', { RCPT: '550 5.1.1 <bob@example.org> unknown' }, /recipient \(550 5\.1\.1\)\.$/],
  ['552 for the mail', { end: '552 5.3.4 Text-canary is too long' }, /refuses the mail \(552 5\.3\.4\)\.$/],
] as const)('SMTP failures: %s ends the mail', async (_, replies, sentence) => {
  await using server = await openScriptedServer(replies)
  expectProblem(await deliver(server.server), 'refused', sentence)
})

test.each([
  ['says nothing', { greeting: stayMute }, { greeting: 600 }],
  ['drips its greeting', { greeting: drip }, { greeting: 600 }],
  ['says nothing after the mail', { end: stayMute }, { silence: 600 }],
  ['drips its reply to the mail', { end: drip }, { delivery: 1_500 }],
])('SMTP failures: a server that %s is left, and later serves a mail', async (_, replies, limit) => {
  await using server = await openScriptedServer(replies)
  const transport = createSmtpTransport(server.server, from, { ...long, ...limit })
  const startedAt = performance.now()
  const slow = await transport.send(mail, never)
  expectProblem(slow, 'failed', /does not answer in time.*needs smtps:/)
  expect(performance.now() - startedAt).toBeLessThan(20_000)
  server.replyWith({ greeting: '220 mail.test', end: '250 2.0.0 Ok' })
  expect(await transport.send(mail, never)).toEqual({ status: 'sent' })
  await transport.close()
})

test('SMTP failures: nothing listens at the port', async () => {
  const server = {
    host: '127.0.0.1',
    port: await freePort(),
    encryption: 'optional',
    credentials: null,
  } as const
  expectProblem(await deliver(server), 'failed', /^No program accepts connections at 127\.0\.0\.1:\d+\./)
})

test('SMTP failures: the host does not exist', async () => {
  const server: SmtpServer = {
    host: 'mail.nowhere.invalid',
    port: 587,
    encryption: 'starttls',
    credentials: null,
  }
  expectProblem(await deliver(server), 'failed', /^The name mail\.nowhere\.invalid was not found\./)
})

test('SMTP failures: a certificate that is not trusted, or for another name', async () => {
  for (const encryption of ['tls', 'starttls'] as const) {
    await using server = await openMailServer({ encryption })
    expectProblem(
      await deliver(smtpServerOf(server, { encryption })),
      'failed',
      /certificate .* is not trusted/,
    )
    await using other = await openMailServer({ encryption, certifiedHost: 'mail.example.org' })
    using _trust = trustCertificate(other.certificate.cert)
    const delivery = await deliver(smtpServerOf(other, { encryption }))
    expectProblem(delivery, 'failed', /is for another name than 127\.0\.0\.1/)
    expect([...server.mails(), ...other.mails()]).toEqual([])
  }
})

test('SMTP failures: a server without the required STARTTLS gets no password', async () => {
  await using server = await openScriptedServer({ EHLO: '250-mail.test\r\n250 AUTH PLAIN LOGIN' })
  const delivery = await deliver({ ...server.server, encryption: 'starttls', credentials: login })
  expectProblem(delivery, 'failed', /offers no encryption \(STARTTLS\)/)
  expect(server.commands.join()).not.toMatch(/AUTH|MAIL/)
})

test('SMTP failures: smtps:// at a port without TLS', async () => {
  await using server = await openScriptedServer()
  expectProblem(await deliver({ ...server.server, encryption: 'tls' }), 'failed', /agree on no encryption/)
})

test('SMTP failures: wrong password, no password, and a server that cannot check it', async () => {
  await using server = await openMailServer({ login })
  const wrong = smtpServerOf(server, { credentials: { user: 'ada', password: `${password}!` } })
  expectProblem(await deliver(wrong), 'failed', /does not accept the user and the password .*\(535 5\.7\.8\)/)
  expectProblem(
    await deliver(smtpServerOf(server, { credentials: null })),
    'failed',
    /requires a log-in \(530/,
  )
  await using busy = await openScriptedServer({
    EHLO: '250-mail.test\r\n250 AUTH PLAIN',
    other: '454 4.7.0 Later',
  })
  const delivery = await deliver({ ...busy.server, credentials: login })
  expectProblem(delivery, 'failed', /cannot check the password at the moment \(454 4\.7\.0\)/)
})

test('SMTP failures: a server without log-in gets no mail if there is a password', async () => {
  await using server = await openScriptedServer()
  const delivery = await deliver({ ...server.server, credentials: login })
  expectProblem(delivery, 'failed', /offers no log-in \(502 5\.5\.1\)/)
  expect(server.commands.join()).not.toContain('MAIL')
})
