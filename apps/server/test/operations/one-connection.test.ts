import { describeOnPostgres } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { inParallel, tally } from '../support/server-pair.ts'

describeOnPostgres('pools of one connection', () => {
  // A call that took a second connection while it has one would wait for itself, until UNAVAILABLE.
  test('serve many users at once, who read and write', async () => {
    await using app = await testApp({
      databaseKind: 'postgres',
      database: { poolSize: 1 },
      settings: { limits: 'relaxed' },
    })
    const users = await inParallel(() => newUser(app), 8)
    const answers = await inParallel(async (index) => {
      const { cookie } = users[index % users.length] ?? { cookie: '' }
      switch (index % 4) {
        case 0:
          return get(app.url, 'account.security', cookie)
        case 1:
          return get(app.url, 'sessions.list', cookie)
        case 2:
          return get(app.url, 'account.activity', cookie)
        default:
          return post(app.url, 'account.updateProfile', { name: `Ada ${index}` }, cookie)
      }
    }, 64)
    const reasons = answers.map((answer) => reasonIn(answer))
    expect(tally(reasons)).toEqual({ ok: expect.any(Number) })
  })
})
