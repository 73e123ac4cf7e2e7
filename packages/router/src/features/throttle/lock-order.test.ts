import { expect, test } from 'vitest'
import type { Writer } from '../../db/database.ts'
import { describeOnPostgres, lockedRows, openAgain, testDatabase, waitingLocks } from '../../testing/index.ts'
import { createThrottleKeys } from './rule.ts'
import { lockThrottle } from './store.ts'
import { deletePasswordFailuresOf, reserveAttempt, resetFailures } from './throttle.ts'

// Attempts and right passwords of one account lock the same counts. In two orders they would deadlock, and
// PostgreSQL needs a second to end a deadlock. So each waits at the first of its counts that another
// transaction has, and has locked only those before it.

const now = Date.UTC(2026, 0, 1)
const dayMs = 86_400_000
const keys = createThrottleKeys(1)
const address = 'ada@example.org'
const session = keys.signedIn({ userId: 'ada', sessionId: 'phone', deviceHash: null })
const deviceKeys = [keys.device('ada', 'laptop'), keys.account('ada')]
const loginKeys = [keys.name(address, 'ada'), keys.account('ada'), keys.device('ada', 'laptop')]

/** Each `work` waits for the last of these rows. */
const cases: [name: string, locked: string[], work: (tx: Writer) => Promise<unknown>][] = [
  ['an attempt by user name', ['total:ada'], (tx) => reserveAttempt(tx, keys.account('ada'), now)],
  ['an attempt by address', ['total:ada'], (tx) => reserveAttempt(tx, keys.name(address, 'ada'), now)],
  ['an attempt of a session', ['total:ada'], (tx) => reserveAttempt(tx, session, now)],
  ['an attempt of a session', ['total:ada', 'account:ada'], (tx) => reserveAttempt(tx, session, now)],
  ['a log-in', ['total:ada'], (tx) => resetFailures(tx, loginKeys)],
  ['a log-in by address', ['total:ada'], (tx) => resetFailures(tx, loginKeys.toReversed())],
  ['a log-in at a known device', ['total:ada', 'account:ada'], (tx) => resetFailures(tx, deviceKeys)],
  ['an elevation', ['total:ada'], (tx) => resetFailures(tx, [session])],
  ['an elevation', ['total:ada', 'account:ada'], (tx) => resetFailures(tx, [session])],
  ['the end of all pauses', ['total:ada'], (tx) => deletePasswordFailuresOf(tx, 'ada')],
]

describeOnPostgres('throttle locks', () => {
  test.each(cases)('throttle: %s locks its counts in order: %j', async (_name, expected, work) => {
    await using database = await testDatabase('postgres')
    await using second = await openAgain(database.url)
    await database.db.write(async (tx) => {
      // A scan of the table finds them in the opposite order.
      const rows = [session.key, keys.name(address).key, 'device:ada:laptop', 'account:ada', 'total:ada']
      for (const row of rows) await lockThrottle(tx, row, now)
      // Expired: swept by the next attempt.
      await reserveAttempt(tx, keys.name('unknown'), now - 2 * dayMs)
    })
    const { locked, waiting } = await database.db.write(async (tx) => {
      await lockThrottle(tx, expected.at(-1) ?? '', now)
      const running = second.write(work)
      await expect.poll(() => waitingLocks(database.url)).toBe(1)
      const found = await lockedRows(database.url, 'login_throttles', 'bucket')
      // In an object, because the transaction would wait for a promise that it returns.
      return { locked: found, waiting: { running } }
    })
    await waiting.running
    expect(locked).toEqual(expected.toSorted())
  })
})
