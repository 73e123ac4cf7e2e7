import { signupInput } from '@app/contract/testing'
import { describeOnEach } from '@app/router/testing'
import { testApp } from '@app/server/testing'
import type { TestApp } from '@app/server/testing'
import { expect, test } from 'vitest'
import { runCommand } from './run-command.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

/** Logs in from an unknown device. */
const logIn = (app: TestApp, password = ada.password) =>
  app.newClient().auth.login.mutate({ ...ada, password })

const failed = (failure: object) => ({ data: { failure } })

describeOnEach('admin unlock', (databaseKind) => {
  test('admin unlock: ends the lockout of an account after 100 wrong passwords', async () => {
    await using app = await testApp({ databaseKind })
    const { user } = await app.api.auth.signup.mutate(signupInput(ada))
    await expect(logIn(app, 'wrong')).rejects.toMatchObject(failed({ reason: 'INVALID_CREDENTIALS' }))
    // Sets the count instead of failing 98 more times.
    await app.services.db.write((tx) => tx.updateTable('login_throttles').set({ failures: 99 }).execute())
    await expect(logIn(app, 'wrong')).rejects.toMatchObject(failed({ reason: 'INVALID_CREDENTIALS' }))
    // Far beyond any pause.
    app.clock.advance(30 * 24 * 3_600_000)
    const closed = failed({ reason: 'RATE_LIMITED', retryAfterSeconds: 3_600 })
    await expect(logIn(app)).rejects.toMatchObject(closed)

    const ended = await runCommand(['admin', 'unlock', ' ADA '], { url: app.databaseUrl })
    expect(ended).toEqual({ code: 0, stdout: 'Unlocked ada.\n', stderr: '' })

    expect(await logIn(app)).toMatchObject({ status: 'signed-in', user: { id: user.id } })
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', '=', 'account-unlocked')
      .select(['actor_kind', 'actor_id', 'subject', 'ip', 'user_agent', 'request_id'])
      .execute()
    const nowhere = { ip: null, user_agent: null, request_id: null }
    expect(events).toEqual([{ actor_kind: 'system', actor_id: null, subject: user.id, ...nowhere }])
  })
})
