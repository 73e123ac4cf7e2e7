import { expect, test } from 'vitest'
import { fail } from '../../failures.ts'
import { insertCredential, isCredentialVersion, lockOwner } from '../../features/passwords/store.ts'
import { insertSession, lockSession } from '../../features/sessions/store.ts'
import { insertToken, lockToken } from '../../features/tokens/store.ts'
import { lockActingRole, lockUser } from '../../features/users/lock.ts'
import { findEnabledUser, findUserToChange, insertUser, lockAdmins } from '../../features/users/store.ts'
import { describeOnPostgres, lockedRows, testDatabase } from '../../testing/index.ts'
import type { Writer } from '../database.ts'

// On PostgreSQL a check is valid until the commit only if it locks the row. Races find a missing lock by
// chance; here a second connection sees which rows are locked. SQLite has one writer and no row locks.

const now = Date.UTC(2026, 0, 1)
const session = { id: 'session of ada', user_id: 'ada', token_hash: 'hash' }
const token = {
  id: 'token of ada',
  user_id: 'ada',
  hash: 'hash',
  hint: '',
  name: 'A token',
  scopes: '',
  level: 1,
  created_at: now,
  expires_at: now + 1,
  last_used_at: null,
} as const

/** Creates two users; Ada is an admin with a session. */
async function addAccounts(tx: Writer): Promise<void> {
  for (const [username, role] of [
    ['ada', 'admin'],
    ['ben', 'user'],
  ] as const) {
    const user = { id: username, username, name: username, name_key: username, role, created_at: now }
    await insertUser(tx, user)
    await insertCredential(tx, { userId: username, hash: 'hash', now })
  }
  const limits = { created_at: now, last_seen_at: now, idle_until: now, ends_at: now, authenticated_at: now }
  await insertSession(tx, { ...session, ...limits, remembered: 0, amr: 'pwd', ip: null, user_agent: null })
  await insertToken(tx, token)
}

const actingOf = (tx: Writer) => ({
  userId: 'ada',
  allowed: ['admin'] as const,
  lockCaller: async () => void (await lockSession(tx, session)),
  fail,
})

/** What each function locks. */
const cases: Record<string, [lock: (tx: Writer) => Promise<unknown>, locked: Record<string, string[]>]> = {
  lockSession: [(tx) => lockSession(tx, session), { users: ['ada'], sessions: [session.id] }],
  lockActingRole: [(tx) => lockActingRole(tx, actingOf(tx)), { users: ['ada'], sessions: [session.id] }],
  lockToken: [
    (tx) => lockToken(tx, { id: token.id, userId: 'ada', now }),
    { users: ['ada'], access_tokens: [token.id] },
  ],
  lockAdmins: [(tx) => lockAdmins(tx), { users: ['ada'] }],
  lockUser: [(tx) => lockUser(tx, 'ben'), { users: ['ada', 'ben'] }],
  findUserToChange: [(tx) => findUserToChange(tx, 'ben'), { users: ['ben'] }],
  findEnabledUser: [(tx) => findEnabledUser(tx, 'ben'), { users: ['ben'] }],
  lockOwner: [(tx) => lockOwner(tx, 'ben'), { users: ['ben'] }],
  isCredentialVersion: [
    (tx) => isCredentialVersion(tx, 'ben', 1),
    { users: [], password_credentials: ['ben'] },
  ],
}

describeOnPostgres('row locks', () => {
  test.each(Object.entries(cases))('%s locks its rows until the commit', async (_name, [lock, expected]) => {
    await using database = await testDatabase('postgres')
    await database.db.write(addAccounts)
    const keys = { users: 'id', sessions: 'id', access_tokens: 'id', password_credentials: 'user_id' }
    const locked = await database.db.write(async (tx) => {
      await lock(tx)
      const found: Record<string, string[]> = {}
      for (const [table, key] of Object.entries(keys))
        found[table] = await lockedRows(database.url, table, key)
      return found
    })
    expect(locked).toEqual({
      users: [],
      sessions: [],
      access_tokens: [],
      password_credentials: [],
      ...expected,
    })
  })
})
