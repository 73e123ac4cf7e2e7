import { openMailServer } from '@app/router/testing'
import { expect, test } from 'vitest'
import { runCommand, runProcess } from './run-command.ts'

const words = ['mail', 'test', 'ada@example.org']
const login = { user: 'ada', password: 'canary/in:the url' }
const withServer = (url: string) => ({
  environment: { SMTP_URL: url, MAIL_FROM: 'Accounts <accounts@example.org>' },
})

test('mail test: the mail arrives, and the command ends', async () => {
  await using server = await openMailServer({ login })
  const ended = await runProcess(words, withServer(server.url))
  expect(ended).toEqual({
    code: 0,
    stdout: 'The mail server accepted the mail to ada@example.org.\n',
    stderr: expect.stringContaining('report at accounts@example.org'),
  })
  expect(server.mails()).toMatchObject([
    {
      envelope: { from: 'accounts@example.org', to: ['ada@example.org'] },
      subject: expect.stringContaining('Test message'),
      protocol: 'ESMTPA',
    },
  ])
})

test('mail test: says which setting is missing', async () => {
  expect(await runCommand(words)).toEqual({
    code: 1,
    stdout: '',
    stderr: 'SMTP_URL is not set, so the server sends no mail. Set it to the address of a mail server.\n',
  })
  const { MAIL_FROM: _, ...environment } = withServer('smtp://127.0.0.1:1').environment
  expect(await runCommand(words, { environment })).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^SMTP_URL needs a valid MAIL_FROM/),
  })
})

test('mail test: says in one line why no mail arrives, without the password', async () => {
  await using server = await openMailServer({ login })
  const wrongPassword = new URL(server.url)
  wrongPassword.password = 'canary%2Fwrong'
  const printed: string[] = []
  const fail = async (url: string, address = 'ada@example.org') => {
    const ended = await runCommand(['mail', 'test', address], withServer(url))
    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^[^\n]+\n$/) })
    printed.push(ended.stderr)
  }
  await fail(wrongPassword.href)
  await fail('smtp://ada:canary%2Funreachable@127.0.0.1:1')
  await fail('smtp://ada:canary/malformed@127.0.0.1')
  await fail(server.url, 'ada')
  server.rejectRecipients('550 5.1.1 No such user')
  await fail(server.url)
  expect(printed).toEqual([
    expect.stringContaining('does not accept the user and the password of SMTP_URL'),
    expect.stringContaining('No program accepts connections at 127.0.0.1:1.'),
    expect.stringContaining('SMTP_URL must be smtp://user:password@'),
    expect.stringContaining('not one that mail can be sent to'),
    expect.stringContaining('refuses the recipient (550 5.1.1)'),
  ])
  expect(printed.join('')).not.toContain('canary')
  expect(server.mails()).toEqual([])
})
