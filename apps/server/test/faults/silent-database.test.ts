import { signupInput } from '@app/contract/testing'
import { cuttableProxy, describeOnPostgres, lockTable, migratedTestDatabase } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import { listen } from '../support/session-streams.ts'

const ada = { username: 'ada', password: 'correct horse battery' }

/** How long a call waits for the database. A busy machine connects in less. */
const waitMs = 2_000

/** Expects that calls do not wait one after the other, or without a deadline. */
async function inOneDeadline<T>(calls: Promise<T>): Promise<T> {
  const startedAt = performance.now()
  const answers = await calls
  expect(performance.now() - startedAt).toBeLessThan(9 * waitMs)
  return answers
}

describeOnPostgres('a database that stops answering', () => {
  test('makes every call UNAVAILABLE after one deadline; all work once it answers again', async () => {
    await using place = await migratedTestDatabase('postgres')
    await using cable = await cuttableProxy(place.url)
    await using patient = await testApp({ databaseUrl: place.url })
    const { cookies } = await post(patient.url, 'auth.signup', signupInput(ada))
    await using app = await testApp({ databaseUrl: cable.url, database: { waitMs } })
    const [cookie = ''] = cookies
    await using stream = await listen(app, cookie)
    // Every connection of the pool is open.
    await Promise.all(Array.from({ length: 12 }, () => get(app.url, 'account.me', cookie)))
    cable.freeze('all')
    // The poll for events gets no result and repeats later.
    app.ticker.tick()
    const readyz = async () => (await fetch(`${app.url}/readyz`)).text()
    const calls = Promise.all([
      readyz(),
      // An account may not run so many calls. Queued ones must not wait until those before them fail.
      ...Array.from({ length: 96 }, () => get(app.url, 'account.me', cookie)),
      get(app.url, 'account.activity', cookie),
      post(app.url, 'account.updateProfile', { name: 'Ada L' }, cookie),
      post(app.url, 'auth.login', ada),
      post(app.url, 'auth.logout', {}, cookie),
      get(app.url, 'account.export', cookie),
      get(app.url, 'sessions.events', cookie),
    ])
    const [ready, ...answers] = await inOneDeadline(calls)
    expect(answers.map((answer) => reasonIn(answer))).toEqual(answers.map(() => 'UNAVAILABLE'))
    expect(ready).toBe('database\n')
    cable.thaw()
    await expect.poll(async () => reasonIn(await get(app.url, 'account.me', cookie))).toBeUndefined()
    await post(patient.url, 'auth.logout', {}, cookie)
    app.ticker.tick()
    expect(await stream.message()).toMatchObject({ data: { type: 'ended' } })
  })

  test('delays a batch and queued calls by no more than one deadline', async () => {
    await using app = await testApp({ databaseKind: 'postgres', database: { waitMs } })
    const { cookies } = await post(app.url, 'auth.signup', signupInput(ada))
    const [cookie = ''] = cookies
    await using _locked = await lockTable(app.databaseUrl, 'audit_events')
    const batch = `${Array(10).fill('account.activity').join()}?batch=1&input=${encodeURIComponent('{}')}`
    const list = () => get(app.url, 'account.activity', cookie)
    const calls = Promise.all([get(app.url, batch, cookie), ...Array.from({ length: 6 }, list)])
    const [batched, ...single] = await inOneDeadline(calls)
    expect(batched?.text.match(/"reason":"UNAVAILABLE"/g)).toHaveLength(10)
    expect(single.map((answer) => reasonIn(answer))).toEqual(single.map(() => 'UNAVAILABLE'))
  })
})
