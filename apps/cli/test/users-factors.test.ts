import { signupInput } from '@app/contract/testing'
import { describeOnEach, newId } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const at = Date.UTC(2026, 10, 28, 14, 5)

/** Signs ada up, and gives her an authenticator app, a passkey and two recovery codes. */
async function addAda(app: TestApp): Promise<string> {
  const { user } = await app.api.auth.signup.mutate(
    signupInput({ username: 'ada', password: 'correct horse battery' }),
  )
  const factor = (kind: 'totp' | 'passkey' | 'recovery', name = '', used: number | null = null) => ({
    id: newId(at),
    user_id: user.id,
    kind,
    name,
    created_at: at,
    last_used_at: used,
  })
  const recovery = factor('recovery')
  await app.services.db.write(async (tx) => {
    const factors = [factor('totp', '', at + 60_000), factor('passkey', 'My\u001b[31m \u009bphone'), recovery]
    await tx.insertInto('factors').values(factors).execute()
    const codes = ['a', 'b'].map((hash) => ({ hash, factor_id: recovery.id }))
    await tx.insertInto('recovery_codes').values(codes).execute()
  })
  return user.id
}

describeOnEach('users factors', (databaseKind) => {
  test('users factors: lists them, without controlling the terminal', async () => {
    await using app = await testApp({ databaseKind })
    await addAda(app)
    const ended = await runCommand(['users', 'factors', ' ADA '], { url: app.databaseUrl })
    expect(ended).toEqual({ code: 0, stderr: '', stdout: expect.any(String) })
    expect(ended.stdout.trimEnd().split('\n').toSorted()).toEqual([
      'Authenticator app, created 2026-11-28 14:05 UTC, last used 2026-11-28 14:06 UTC',
      'Passkey, "My?[31m ?phone", created 2026-11-28 14:05 UTC, never used',
      'Recovery codes, 2 left, created 2026-11-28 14:05 UTC, never used',
    ])
  })

  test('users reset-factors: prints a link that removes them at a log-in after the delay', async () => {
    await using app = await testApp({ databaseKind })
    const id = await addAda(app)
    const environment = { FACTOR_RESET_DELAY: '0s' }
    const reset = await runCommand(['users', 'reset-factors', 'ada'], { url: app.databaseUrl, environment })
    expect(reset).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^http:\/\/localhost:8087\/reset-factors#[\w-]{43}\n$/),
      stderr: expect.stringMatching(
        /^A log-in of ada with it removes all second factors, once, from [-\d]{10} [:\d]{5} UTC until [-\d]{10} [:\d]{5} UTC\.\n$/,
      ),
    })
    const listed = await runCommand(['users', 'factors', 'ada'], { url: app.databaseUrl })
    expect(listed.stdout).toMatch(
      /\nA log-in from \d{4}-\d\d-\d\d \d\d:\d\d UTC on with the link removes them\.\n$/,
    )
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', '=', 'factor-reset-requested')
      .select(['actor_kind', 'actor_id', 'subject', 'ip', 'request_id'])
      .execute()
    expect(events).toEqual([
      { actor_kind: 'system', actor_id: null, subject: id, ip: null, request_id: null },
    ])
    // The command uses the clock of the machine.
    app.clock.advance(60_000)
    const input = { username: 'ada', password: 'correct horse battery' }
    const api = app.newClient()
    expect(await api.auth.login.mutate(input)).toMatchObject({ status: 'second-factor' })
    const secret = reset.stdout.split('#')[1]?.trim() ?? ''
    expect(await api.auth.completeFactorReset.mutate({ secret })).toMatchObject({ status: 'signed-in' })
    const after = await runCommand(['users', 'factors', 'ada'], { url: app.databaseUrl })
    // The clock of the server was ahead, and the command warns of that.
    expect(after).toMatchObject({ code: 0, stdout: 'ada has no second factor.\n' })
  })
})

test('users reset-factors: needs an enabled account with a second factor', async () => {
  await using app = await testApp()
  await app.api.auth.signup.mutate(signupInput({ username: 'eve', password: 'correct horse battery' }))
  for (const username of ['eve', 'bob', 'no name!']) {
    expect(await runCommand(['users', 'reset-factors', username], { url: app.databaseUrl })).toEqual({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(
          `^There is no account named "${username}", or it is disabled, has no second factor, or logs in by passkey only\\. To see the factors: .* users factors <username>\n$`,
        ),
      ),
    })
  }
  expect(await runCommand(['users', 'factors', 'bob'], { url: app.databaseUrl })).toMatchObject({
    code: 1,
    stderr: 'There is no account with the user name "bob".\n',
  })
})
