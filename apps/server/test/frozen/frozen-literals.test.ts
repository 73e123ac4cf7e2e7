import { readFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { signupInput } from '@app/contract/testing'
import { migrateDatabase, readAccountSettings } from '@app/router'
import { emptyTestDatabase } from '@app/router/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { testClock } from '../../src/testing/test-clock.ts'
import { guess } from '../support/brute-force.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'

// What a server stored on 1 January 2026 and what its users' browsers kept. After a release nothing here
// changes: a test that fails shows that an update or a rename would log out users, or make their passwords
// wrong. Before the first release a migration may still change; change the schema in stored-data.sql with it.
const storedAt = Date.UTC(2026, 0, 1)
const secret = 'Zm94IGdsb3ZlIGxhbnRlcm4gcGFwZXIgbW9vbg=='
const ada = { username: 'ada', password: 'three keys on one ring' }
const sessionCookie = `session=${[
  'eyJhbGciOiJIUzI1NiIsInR5cCI6InNlc3Npb24rand0Iiwia2lkIjoiYlFYWS1kT05XZmcifQ',
  'eyJpc3MiOiJhY2NvdW50cyIsImF1ZCI6ImFjY291bnRzL3Nlc3Npb24iLCJzdWIiOiIwMTliNzZkYS1hODAwLTc0ZDMtODA1Mi1mOGFmZGViNTA3OTEiLCJzaWQiOiIwMTliNzZkYS1hODAwLTc3MjQtOGE0My02MTZmNjIzNjQxOTIiLCJqdGkiOiI4dHk3VW1BZUc0WTBtOHRWeUlfLUtwcU1oWGt6cWZ2RWxqeW1zSENRUUxBIiwiaWF0IjoxNzY3MjI1NjAwLCJleHAiOjE3NjcyMjkyMDB9',
  'b59nAMyw68ZLSPW6yAxG8qzGXGms2nh7r5jwhxES100',
].join('.')}`
const deviceCookie = 'known-device=Sie69Btjl_v8bT3McnJSHKxCIuulVrwG8wswKiCbD5g'

describe('frozen literals', () => {
  const stack = new AsyncDisposableStack()
  let app: TestApp

  beforeAll(async () => {
    const database = stack.use(await emptyTestDatabase('sqlite'))
    {
      using file = new DatabaseSync(database.url.slice('file:'.length))
      file.exec(readFileSync(new URL('stored-data.sql', import.meta.url), 'utf8'))
    }
    await migrateDatabase(database.url)
    app = stack.use(
      await testApp({
        databaseUrl: database.url,
        clock: testClock(storedAt + 60_000),
        settings: { authSecrets: [secret] },
      }),
    )
  })

  afterAll(() => stack.disposeAsync())

  test('a stored password hash matches its password', async () => {
    expect(reasonIn(await post(app.url, 'auth.login', ada))).toBe(undefined)
  })

  test('a session token in its cookie is accepted', async () => {
    expect((await get(app.url, 'account.me', sessionCookie)).text).toContain('"username":"ada"')
  })

  test('a device cookie makes a browser known', async () => {
    const wrong = { ...ada, password: 'wrong horse' }
    expect((await guess(app, 6, wrong)).at(-1)).toMatch(/^RATE_LIMITED/)
    expect(await guess(app, 1, ada)).toEqual([expect.stringMatching(/^RATE_LIMITED/)])
    expect(await guess(app, 1, ada, deviceCookie)).toEqual(['signed in'])
  })

  test('the user name of a closed account stays taken', async () => {
    expect((await post(app.url, 'auth.signup', signupInput({ ...ada, username: 'ben' }))).text).toContain(
      'taken',
    )
  })

  test('an unknown user name has the pseudonym that earlier events have', async () => {
    await post(app.url, 'auth.login', { ...ada, username: 'nobody-has-this' })
    const events = await app.services.db.read
      .selectFrom('audit_events')
      .where('event', '=', 'login-failed')
      .where('detail', 'like', '%identifier%')
      .select('detail')
      .execute()
    expect(events).toEqual([events[0], events[0]])
  })

  test('cookies keep their names', async () => {
    const { headers } = await post(app.url, 'auth.login', ada, deviceCookie)
    expect(headers.getSetCookie().map((line) => line.split('=', 1)[0])).toEqual(['session', 'known-device'])
  })

  test('the database is in data/app.db unless DATABASE_URL is set', () => {
    expect(readAccountSettings({}).settings?.databaseUrl).toBe('file:data/app.db')
  })
})
