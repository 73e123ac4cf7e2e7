import { expect, test } from 'vitest'
import { readAccountSettings } from './settings.ts'

const sender = { MAIL_FROM: 'accounts@example.org' }

function smtpOf(url: string): unknown {
  const { settings, problems } = readAccountSettings({ SMTP_URL: url, ...sender })
  return settings?.smtp ?? problems
}

test('mail settings: without them, no mail is sent', () => {
  expect(readAccountSettings({}).settings).toMatchObject({
    smtp: null,
    mailFrom: null,
    supportContact: null,
    mailNotices: 'all',
  })
})

test.each([
  ['smtp://mail.example.org', { host: 'mail.example.org', port: 587, encryption: 'starttls' }],
  ['smtps://mail.example.org/', { host: 'mail.example.org', port: 465, encryption: 'tls' }],
  ['SMTP://Mail.Example.ORG:2525', { host: 'mail.example.org', port: 2525, encryption: 'starttls' }],
  ['smtp://127.0.0.1:1025', { host: '127.0.0.1', port: 1025, encryption: 'optional' }],
  ['smtp://localhost:25', { host: 'localhost', port: 25, encryption: 'optional' }],
  ['smtp://[::1]:25', { host: '::1', port: 25, encryption: 'optional' }],
  ['smtp://[2001:db8::1]:25', { host: '2001:db8::1', port: 25, encryption: 'starttls' }],
  ['smtps://localhost', { host: 'localhost', port: 465, encryption: 'tls' }],
  ['smtp://localhost.example.org', { host: 'localhost.example.org', port: 587, encryption: 'starttls' }],
])('mail settings: SMTP_URL reads %s', (url, server) => {
  expect(smtpOf(url)).toEqual({ ...server, credentials: null })
})

test.each([
  ['ada:swordfish', { user: 'ada', password: 'swordfish' }],
  ['ada%40example.org:sword%2Ffish%3A%C3%B6%20%25', { user: 'ada@example.org', password: 'sword/fish:ö %' }],
  ['ada:sword:fish+', { user: 'ada', password: 'sword:fish+' }],
])('mail settings: SMTP_URL decodes %s', (login, credentials) => {
  expect(smtpOf(`smtp://${login}@mail.example.org`)).toMatchObject({ host: 'mail.example.org', credentials })
})

test.each([
  ['http://mail.example.org', /^SMTP_URL must start with smtp:\/\/ or smtps:\/\/, like /],
  ['mail.example.org:587', /^SMTP_URL must start with/],
  ['smtp:mail.example.org', /^SMTP_URL must start with/],
  ['smtp://', /^SMTP_URL must be smtp:/],
  ['smtp://:587', /^SMTP_URL must be smtp:/],
  ['smtp://mail.example.org:', /^SMTP_URL must be smtp:/],
  ['smtp://mail.example.org:0', /^SMTP_URL must have a port from 1 to 65535\.$/],
  ['smtp://mail.example.org:65536', /^SMTP_URL must have a port/],
  ['smtp://mail.example.org:587587', /^SMTP_URL must have a port/],
  ['smtp://mail.example.org/inbox', /^SMTP_URL must be smtp:.* nothing follows the port/],
  ['smtp://mail.example.org?pool=true', /^SMTP_URL must be smtp:/],
  ['smtp://mail.example.org#x', /^SMTP_URL must be smtp:/],
  ['smtp://mail_example', /^SMTP_URL must be smtp:/],
  ['smtp://exämple.org', /^SMTP_URL must be smtp:/],
  ['smtp://mail..example.org', /^SMTP_URL must name a host/],
  ['smtp://-mail.example.org', /^SMTP_URL must name a host/],
  [`smtp://${'a'.repeat(64)}.example.org`, /^SMTP_URL must name a host/],
  ['smtp://[1::2::3]', /^SMTP_URL must name a host/],
  ['smtp://ada@mail.example.org', /^SMTP_URL must have a user and a password/],
  ['smtp://ada:@mail.example.org', /^SMTP_URL must have a user and a password/],
  ['smtp://:swordfish@mail.example.org', /^SMTP_URL must have a user and a password/],
  ['smtp://ada:sword%fish@mail.example.org', /^SMTP_URL must have a user and a password/],
  ['smtp://ada:swordfish%0d%0aRSET@mail.example.org', /^SMTP_URL must have a user and a password/],
  ['smtp://ada:swordfish%00@mail.example.org', /^SMTP_URL must have a user and a password/],
  ['smtp://ada@example.org:swordfish@mail.example.org', /^SMTP_URL must be smtp:.*@ is %40/],
  ['smtp://ada:sword/fish@mail.example.org', /^SMTP_URL must be smtp:.*percent-encoded/],
  ['smtp://ada:sword fish@mail.example.org', /^SMTP_URL must be smtp:.*percent-encoded/],
])('mail settings: SMTP_URL rejects %s without printing it', (url, problem) => {
  const found = smtpOf(url)
  expect(found).toEqual([expect.stringMatching(problem)])
  expect(JSON.stringify(found)).not.toMatch(/swordfish|sword.fish|ada/)
})

test.each([
  ['accounts@example.org', { name: '', address: 'accounts@example.org' }],
  ['<accounts@example.org>', { name: '', address: 'accounts@example.org' }],
  ['Accounts <accounts@example.org>', { name: 'Accounts', address: 'accounts@example.org' }],
  ['"Müller, Ltd." <a@xn--exmple-cua.org>', { name: 'Müller, Ltd.', address: 'a@xn--exmple-cua.org' }],
])('mail settings: MAIL_FROM reads %s', (text, mailFrom) => {
  expect(readAccountSettings({ MAIL_FROM: text })).toMatchObject({ problems: [], settings: { mailFrom } })
})

test.each([
  'accounts',
  'accounts@localhost',
  'accounts@exämple.org',
  'accöunts@example.org',
  `${'a'.repeat(65)}@example.org`,
  'a@example.org, b@example.org',
  'A <a@example.org>, B <b@example.org>',
  'A <a@example.org',
  'A\r\nBcc: b@example.org <a@example.org>',
  'A\u202E <a@example.org>',
  `${'A'.repeat(101)} <a@example.org>`,
  'a@example.org\r\nBcc: b@example.org',
])('mail settings: MAIL_FROM rejects %j', (text) => {
  expect(readAccountSettings({ MAIL_FROM: text }).problems).toEqual([
    'MAIL_FROM must be an address, or a name of at most 100 characters and an address: Accounts <accounts@example.org>',
  ])
})

test('mail settings: SMTP_URL needs MAIL_FROM', () => {
  expect(readAccountSettings({ SMTP_URL: 'smtp://mail.example.org' }).problems).toEqual([
    'SMTP_URL needs a valid MAIL_FROM, the sender of all mails: Accounts <accounts@example.org>',
  ])
})

test.each(['https://help.example.org/a?b#c', 'mailto:help@example.org', 'the IT desk, room 4', 'Ext: 4711'])(
  'mail settings: SUPPORT_CONTACT accepts %s',
  (contact) => {
    expect(readAccountSettings({ SUPPORT_CONTACT: contact }).settings?.supportContact).toBe(contact)
  },
)

test.each([
  'http://help.example.org',
  'javascript:alert(1)',
  'mailto:help',
  'https://',
  'tel:4711',
  'a\nb',
  'desk\u202E',
  'x'.repeat(101),
])('mail settings: SUPPORT_CONTACT rejects %j', (contact) => {
  expect(readAccountSettings({ SUPPORT_CONTACT: contact }).problems).toEqual([
    'SUPPORT_CONTACT must be an https or mailto address, or a text of at most 100 characters: the IT desk',
  ])
})

test('mail settings: MAIL_NOTICES is all or security', () => {
  expect(readAccountSettings({ MAIL_NOTICES: 'security' }).settings?.mailNotices).toBe('security')
  expect(readAccountSettings({ MAIL_NOTICES: 'none' }).problems).toEqual([
    'MAIL_NOTICES must be all or security.',
  ])
})
