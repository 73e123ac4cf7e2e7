import { rateLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { isQueryWithSideEffects } from '../../src/api/procedure-type.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin } from '../support/actors.ts'
import { blockWriter } from '../support/block-writer.ts'
import { breakableDatabase } from '../support/breakable-database.ts'
import { expectFailure } from '../support/expect-failure.ts'
import type { Path } from '../support/procedure-types.ts'
import { call, leavesAllowanceOfAccount, procedures } from '../support/procedures.ts'
import { reasonIn } from '../support/raw-call.ts'
import { validInputsOf } from '../support/valid-inputs.ts'

// Each procedure fails with each common failure. INTERNAL and the failures of the protocol have their own
// tests: tutorial-regressions, undeclared-failures, host-rules, bodies, batches and origin.

const isMutation = (path: Path) => procedures[path]._def.type === 'mutation'

/** Mutations that write nothing: their secret must not be in a URL, or they set a cookie. */
const inspections: readonly Path[] = [
  'auth.inspectFactorReset',
  'auth.passkeyOptions',
  'identities.link',
  'invitations.inspect',
  'passkeys.options',
  'recovery.inspect',
]

test('INVALID_INPUT: every procedure rejects unknown keys and inputs that are not objects', async () => {
  await using app = await testApp({ settings: { limits: 'relaxed' } })
  const caller = await newAdmin(app)
  for (const [path, input] of await validInputsOf(app, caller)) {
    const answer = await call(app.url, path, { ...input, surprise: true }, caller.cookie)
    expectFailure(answer, path, 'INVALID_INPUT')
    expect(answer.text).toContain(String.raw`"form":["Unknown field: \"surprise\"."]`)
    for (const wrong of ['text', 1, null, []]) {
      expectFailure(await call(app.url, path, wrong, caller.cookie), path, 'INVALID_INPUT')
    }
  }
})

test('RATE_LIMITED: all calls of an address without a session share one allowance', async () => {
  await using app = await testApp()
  const inputs = await validInputsOf(app, await newAdmin(app))
  for (let count = 0; count < rateLimits.anonymousCallsPerAddress.points; count += 1) {
    await app.services.rateLimits.consume('anonymousCallsPerAddress', '127.0.0.1')
  }
  for (const [path, input] of inputs) {
    expectFailure(await call(app.url, path, input), path, 'RATE_LIMITED')
  }
})

test.each([
  ['mutations', 'mutationsPerAccount', true],
  ['queries and streams', 'queriesPerAccount', false],
] as const)('RATE_LIMITED: all %s of an account share one allowance', async (_name, limit, isOfMutations) => {
  await using app = await testApp()
  const caller = await newAdmin(app)
  const inputs = await validInputsOf(app, caller)
  for (const each of [limit, 'reserveCallsPerAccount'] as const) {
    await app.services.rateLimits.consume(each, caller.id, rateLimits[each].points)
  }
  const isRejected = (path: Path) => isMutation(path) === isOfMutations && !leavesAllowanceOfAccount(path)
  // Rejected calls come first, because some of the others end the session.
  const rejected = [...inputs].filter(([path]) => isRejected(path))
  for (const [path, input] of new Map([...rejected, ...inputs])) {
    const answer = await call(app.url, path, input, caller.cookie)
    expect([path, reasonIn(answer) === 'RATE_LIMITED']).toEqual([path, isRejected(path)])
  }
})

describeOnEach('UNAVAILABLE: a lost database', (databaseKind) => {
  test('makes every procedure fail', async () => {
    await using app = await testApp({ databaseKind })
    await using database = await breakableDatabase(app.databaseUrl)
    const caller = await newAdmin(app)
    const inputs = await validInputsOf(app, caller)
    await using other = await testApp({
      databaseUrl: database.url,
      clock: app.clock,
      database: { waitMs: 500 },
    })
    await database.break()
    for (const [path, input] of inputs) {
      expectFailure(await call(other.url, path, input, caller.cookie), path, 'UNAVAILABLE')
    }
  })
})

// On SQLite one writer blocks all others, so the guards pass and the procedure itself fails.
test('UNAVAILABLE: every procedure that writes, while another writer blocks it', async () => {
  // Longer than a list may wait for its turn after another one.
  await using app = await testApp({ database: { waitMs: 100 } })
  const caller = await newAdmin(app)
  const inputs = await validInputsOf(app, caller)
  {
    await using _lock = await blockWriter(app)
    for (const [path, input] of inputs) {
      const answer = await call(app.url, path, input, caller.cookie)
      const writes = (isMutation(path) && !inspections.includes(path)) || isQueryWithSideEffects(path)
      expect([path, reasonIn(answer)]).toEqual([path, writes ? 'UNAVAILABLE' : undefined])
    }
  }
  expect(reasonIn(await call(app.url, 'account.me', {}, caller.cookie))).toBeUndefined()
})
