import { signupInput } from '@app/contract/testing'
import { describeOnEach, everyRow } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { get, post, reasonIn } from '../support/raw-call.ts'
import type { RawAnswer } from '../support/raw-call.ts'
import { sessionOf } from '../support/valid-inputs.ts'

interface Scene {
  url: string
  root: CookieActor
  ada: CookieActor
  /** Disabled. */
  bob: CookieActor
  /** The session of another device of Ada. */
  otherSession: string
}

const login = ({ username }: CookieActor) => ({ username, password })
const change = { currentPassword: password, newPassword: 'another battery' }

/** Every call that records an event when it succeeds. */
const effects: Record<string, (scene: Scene) => Promise<RawAnswer>> = {
  signup: ({ url }) => post(url, 'auth.signup', signupInput({ username: 'grace', password })),
  login: ({ url, ada }) => post(url, 'auth.login', login(ada)),
  'login, in the place of a session': ({ url, ada }) => post(url, 'auth.login', login(ada), ada.cookie),
  logout: ({ url, ada }) => post(url, 'auth.logout', {}, ada.cookie),
  elevated: ({ url, ada }) => post(url, 'auth.elevate', { password }, ada.cookie),
  'password-changed': ({ url, ada }) => post(url, 'account.changePassword', change, ada.cookie),
  exported: ({ url, ada }) => get(url, 'account.export', ada.cookie),
  closed: ({ url, ada }) => post(url, 'account.close', {}, ada.cookie),
  'session-revoked': ({ url, ada, otherSession }) =>
    post(url, 'sessions.revoke', { id: otherSession }, ada.cookie),
  'sessions-revoked': ({ url, ada }) => post(url, 'sessions.revokeOthers', {}, ada.cookie),
  'role-changed': ({ url, root, ada }) =>
    post(url, 'users.setRole', { id: ada.id, role: 'admin' }, root.cookie),
  disabled: ({ url, root, ada }) =>
    post(url, 'users.setDisabled', { id: ada.id, disabled: true }, root.cookie),
  enabled: ({ url, root, bob }) =>
    post(url, 'users.setDisabled', { id: bob.id, disabled: false }, root.cookie),
  'sessions-revoked, by an admin': ({ url, root, ada }) =>
    post(url, 'users.revokeSessions', { id: ada.id }, root.cookie),
  removed: ({ url, root, ada }) => post(url, 'users.remove', { id: ada.id }, root.cookie),
}

/**
 * Makes every transaction fail at its end if it has recorded an event.
 * @returns the events that these transactions had recorded
 */
function failToRecord({ services: { db } }: TestApp): string[][] {
  const recorded: string[][] = []
  const { write } = db
  db.write = (work) =>
    write(async (tx) => {
      const events = () => tx.selectFrom('audit_events').select(['id', 'event']).execute()
      const before = new Set((await events()).map(({ id }) => id))
      const result = await work(tx)
      const added = (await events()).filter(({ id }) => !before.has(id))
      if (added.length === 0) return result
      recorded.push(added.map(({ event }) => event))
      throw new Error('the commit fails')
    })
  return recorded
}

/**
 * All tables except the counters of attempts: these count before a password is compared, for every outcome.
 */
async function rowsOf(app: TestApp): Promise<object> {
  const rows = await everyRow(app.databaseUrl)
  rows.delete('login_throttles')
  return Object.fromEntries([...rows].map(([table, lines]) => [table, lines.toSorted()]))
}

/**
 * One case of the router, one of the audit and one that locks other users: PostgreSQL rolls all back in the
 * same way.
 */
const onPostgres = ['password-changed', 'closed', 'role-changed']

describeOnEach('an event', (databaseKind) => {
  const tried = Object.entries(effects).filter(
    ([name]) => databaseKind === 'sqlite' || onPostgres.includes(name),
  )
  test.each(tried)('is rolled back with its change: %s', async (name, cause) => {
    await using app = await testApp({ databaseKind })
    const [root, ada, bob] = [await newAdmin(app), await newUser(app), await newUser(app)]
    await root.api.users.setDisabled.mutate({ id: bob.id, disabled: true })
    const device = app.newClient()
    await device.auth.login.mutate(login(ada))
    const otherSession = await sessionOf({ ...ada, api: device })
    const before = await rowsOf(app)
    const recorded = failToRecord(app)
    const answer = await cause({ url: app.url, root, ada, bob, otherSession })
    expect([answer.status, reasonIn(answer), answer.cookies]).toEqual([500, 'INTERNAL', []])
    expect(app.log.expectErrors()).toHaveLength(1)
    expect(recorded).toEqual([[name.split(',')[0]]])
    expect(await rowsOf(app)).toEqual(before)
  })
})
