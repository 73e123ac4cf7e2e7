import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

describeOnEach('invitation create', (databaseKind) => {
  test('invitation create: prints a link with which one user signs up', async () => {
    await using app = await testApp({ databaseKind, settings: { signup: 'invite' } })
    const ended = await runCommand(['invitation', 'create'], { url: app.databaseUrl })
    expect(ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/\/invitation#[\w-]{43}\n$/) })
    expect(ended.stderr).toMatch(/^It works once, until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\n$/)
    const invitation = ended.stdout.split('#')[1]?.trim() ?? ''
    const input = signupInput({ username: 'ada', password: 'correct horse battery', invitation })
    expect(await app.api.auth.signup.mutate(input)).toMatchObject({ user: { username: 'ada' } })
  })
})

test('invitation create: says where the mail is when no mail server is set', async () => {
  await using app = await testApp()
  const words = ['invitation', 'create', '--email', 'ada@example.org']
  expect(await runCommand(words, { url: app.databaseUrl, environment: { PORT: '9123' } })).toMatchObject({
    code: 0,
    stdout:
      'SMTP_URL is not set, so the server shows the mail to ada@example.org at http://localhost:9123/dev/mailbox.\n',
  })
})

test('invitation create: refuses what is not an address, and a closed sign-up', async () => {
  await using app = await testApp()
  const wrong = await runCommand(['invitation', 'create', '--email', 'ada'], { url: app.databaseUrl })
  expect(wrong).toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringContaining('Enter an email address'),
  })
  const closed = await runCommand(['invitation', 'create'], {
    url: app.databaseUrl,
    environment: { SIGNUP: 'closed' },
  })
  expect(closed).toMatchObject({ code: 1, stdout: '', stderr: 'Sign-up is closed here.\n' })
})
