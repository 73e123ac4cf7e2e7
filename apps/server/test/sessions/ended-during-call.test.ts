import { describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, password } from '../support/actors.ts'
import type { CookieActor } from '../support/actors.ts'
import { runBeforeNextWrite } from '../support/delay-writes.ts'
import type { Path } from '../support/procedure-types.ts'
import { call, paths, procedures } from '../support/procedures.ts'
import { post, reasonIn } from '../support/raw-call.ts'
import { validInput } from '../support/valid-inputs.ts'

/** What can change for a user whose call passed its guard and waits for its transaction. */
const changes: Record<string, (root: CookieActor, caller: CookieActor, url: string) => Promise<unknown>> = {
  'ended from another device': async (_root, { username }, url) => {
    const { cookies } = await post(url, 'auth.login', { username, password })
    expect((await post(url, 'sessions.revokeOthers', {}, cookies[0])).status).toBe(200)
  },
  'given another token': async (_root, { cookie }, url) => {
    expect((await post(url, 'auth.elevate', { password }, cookie)).status).toBe(200)
  },
  disabled: (root, { id }) => root.api.users.setDisabled.mutate({ id, disabled: true }),
  demoted: (root, { id }) => root.api.users.setRole.mutate({ id, role: 'user' }),
}

function accessOf(path: Path): unknown {
  return (procedures[path]._def.meta as { access?: unknown } | undefined)?.access
}

/**
 * All procedures with which a signed-in user writes. Login and signup act on a password; logout ends an ended
 * session again.
 */
const writing = paths.filter(
  (path) =>
    accessOf(path) !== 'public' && (procedures[path]._def.type === 'mutation' || path === 'account.export'),
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
      const input = await validInput(path, { app, caller, owner: caller })
      runBeforeNextWrite(app, () => change(root, caller, app.url))
      seen[path] = reasonIn(await call(app.url, path, input, caller.cookie)) ?? 'ok'
      // Only role procedures check the role.
      const still = Array.isArray(accessOf(path)) ? 'FORBIDDEN' : 'ok'
      expected[path] = name === 'demoted' ? still : 'SESSION_EXPIRED'
    }
    expect(seen).toEqual(expected)
  })
})
