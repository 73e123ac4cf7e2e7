import { describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { newAdmin, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { runBeforeNextWrite } from '../support/delay-writes.ts'
import type { Path } from '../support/procedure-types.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { lowerSessions } from '../support/second-factor.ts'
import { validInput } from '../support/valid-inputs.ts'

interface Change {
  app: TestApp
  root: CookieActor
  caller: CookieActor
  /** The session of the caller on another device. */
  otherCookie: string | undefined
}

/** What can change for a user whose call passed its guard and waits for its transaction. */
const changes: Record<string, (change: Change) => Promise<unknown>> = {
  'ended from another device': async ({ otherCookie, app: { url } }) => {
    expect((await post(url, 'sessions.revokeOthers', {}, otherCookie)).status).toBe(200)
  },
  'given another token': async ({ caller: { cookie }, app: { url } }) => {
    expect((await post(url, 'auth.elevate', { password }, cookie)).status).toBe(200)
  },
  disabled: ({ root, caller: { id } }) => root.api.users.setDisabled.mutate({ id, disabled: true }),
  demoted: ({ root, caller: { id } }) => root.api.users.setRole.mutate({ id, role: 'user' }),
  // As by another device, which adds a second factor or removes the one that carries the session.
  'lowered to level 1': ({ app, caller: { id } }) => lowerSessions(app, id),
}

interface Meta {
  access?: unknown
  sudo?: boolean
  secondFactor?: string
}

const metaOf = (path: Path) => (procedures[path]._def.meta ?? {}) as Meta

/** Returns the failure of a call during which the session or its user changed in this way. */
function expectedAfter(name: string, path: Path): string {
  const { access, sudo, secondFactor } = metaOf(path)
  if (name === 'demoted') return Array.isArray(access) ? 'FORBIDDEN' : 'ok'
  if (name !== 'lowered to level 1') return 'SESSION_EXPIRED'
  return sudo === true || secondFactor === 'if-added' ? 'REAUTH_REQUIRED' : 'ok'
}

/** Mutations that set a sealed cookie, and write nothing to the database. */
const cookiesOnly: readonly Path[] = ['identities.link', 'passkeys.options']

/**
 * All procedures with which a signed-in user writes. Login and signup act on a password; logout ends an ended
 * session again.
 */
const writing = paths.filter(
  (path) =>
    metaOf(path).access !== 'public' &&
    !cookiesOnly.includes(path) &&
    (procedures[path]._def.type === 'mutation' || path === 'account.export'),
)

// The change comes before the transaction, so no lock is tested here; races/ tests those on each database.
describe('a call that passed its guard, and whose user was, before the transaction', () => {
  test.each(Object.entries(changes))('%s, writes nothing', async (name, change) => {
    await using app = await testApp({ settings: { limits: 'relaxed', hashConcurrency: 4 } })
    const root = await newAdmin(app)
    const expected: Record<string, string> = {}
    const seen: Record<string, string> = {}
    for (const path of writing) {
      const caller = await newAdmin(app)
      const other = await post(app.url, 'auth.login', { username: caller.username, password })
      const input = await validInput(path, { app, caller, owner: caller })
      const [otherCookie] = other.cookies
      runBeforeNextWrite(app, () => change({ app, root, caller, otherCookie }))
      seen[path] = reasonIn(await call(app.url, path, input, caller.cookie)) ?? 'ok'
      expected[path] = expectedAfter(name, path)
    }
    expect(seen).toEqual(expected)
  })
})
