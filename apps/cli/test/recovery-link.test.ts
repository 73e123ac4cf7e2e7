import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const newPassword = 'a better battery'

describeOnEach('recovery link', (databaseKind) => {
  test('recovery link: prints a link with which the user chooses a new password', async () => {
    await using app = await testApp({ databaseKind })
    const ada = signupInput({ username: 'ada', password: 'correct horse battery' })
    const { user } = await app.api.auth.signup.mutate(ada)
    const ended = await runCommand(['recovery', 'link', ' ADA '], {
      url: app.databaseUrl,
      environment: { PORT: '9090' },
    })
    expect(ended).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^http:\/\/localhost:9090\/reset-password#[\w-]{43}\n$/),
      stderr: expect.stringMatching(/^It works once, until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\n$/),
    })
    const secret = ended.stdout.split('#')[1]?.trim() ?? ''
    await app.api.recovery.reset.mutate({ secret, newPassword })
    await app.api.auth.login.mutate({ username: 'ada', password: newPassword })
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', '=', 'recovery-link-issued')
      .select(['actor_kind', 'actor_id', 'subject', 'ip', 'user_agent', 'request_id'])
      .execute()
    const nowhere = { ip: null, user_agent: null, request_id: null }
    expect(events).toEqual([{ actor_kind: 'system', actor_id: null, subject: user.id, ...nowhere }])
  })
})

test('recovery link: starts with PUBLIC_URL, and the owner gets a notice where mail is sent', async () => {
  await using app = await testApp()
  const ada = signupInput({ username: 'ada', password: 'correct horse battery' })
  await app.api.auth.signup.mutate(ada)
  const mails = () => app.services.db.read.selectFrom('outbox_mails').select('kind').execute()
  const link = (environment: Record<string, string>) =>
    runCommand(['recovery', 'link', 'ada'], { url: app.databaseUrl, environment })
  const exposed = await link({ PUBLIC_URL: 'https://accounts.example.org' })
  expect(exposed.stdout).toMatch(/^https:\/\/accounts\.example\.org\/reset-password#/)
  expect(await mails()).toEqual([])
  await link({})
  expect(await mails()).toEqual([{ kind: 'notice' }])
})

test('recovery link: needs an enabled account and valid settings', async () => {
  await using app = await testApp()
  const ada = signupInput({ username: 'ada', password: 'correct horse battery' })
  await app.api.auth.signup.mutate(ada)
  await app.services.db.write((tx) => tx.updateTable('users').set({ disabled_at: 1 }).execute())
  for (const username of ['ada', 'bob', 'no name!']) {
    expect(await runCommand(['recovery', 'link', username], { url: app.databaseUrl })).toEqual({
      code: 1,
      stdout: '',
      stderr: `There is no account named "${username}", or it is disabled.\n`,
    })
  }
  const environment = { PUBLIC_URL: 'accounts.example.org' }
  expect(await runCommand(['recovery', 'link', 'ada'], { url: app.databaseUrl, environment })).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^PUBLIC_URL must be the address that browsers use/),
  })
})
