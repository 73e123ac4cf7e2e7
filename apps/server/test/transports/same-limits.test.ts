import { rateLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newAdmin, newUser, password } from '../support/actors.ts'
import { leavesAllowanceOfAccount } from '../support/procedures.ts'
import { validInputsOf } from '../support/valid-inputs.ts'
import { transports } from './transports.ts'
import type { Transport } from './transports.ts'

const everyTransport = Object.entries(transports)

/** Returns the transports in turn, for ever. */
function* inTurn(): Generator<Transport> {
  for (;;) yield* Object.values(transports)
}

test.each(everyTransport)(
  'anonymous calls by %s share the allowance of their address',
  async (_name, transport) => {
    await using app = await testApp()
    const inputs = await validInputsOf(app, await newAdmin(app))
    const { points } = rateLimits.anonymousCallsPerAddress
    for (let count = 0; count < points; count += 1) {
      await app.services.rateLimits.consume('anonymousCallsPerAddress', '127.0.0.1')
    }
    for (const [path, input] of inputs) {
      const { outcome } = await transport(app, path, input, undefined)
      expect([path, outcome]).toEqual([path, 'RATE_LIMITED'])
    }
  },
)

test.each(everyTransport)('calls by %s share the allowances of their account', async (_name, transport) => {
  await using app = await testApp()
  const caller = await newAdmin(app)
  const inputs = await validInputsOf(app, caller)
  for (const limit of ['mutationsPerAccount', 'queriesPerAccount', 'reserveCallsPerAccount'] as const) {
    await app.services.rateLimits.consume(limit, caller.id, rateLimits[limit].points)
  }
  for (const [path, input] of inputs.filter(([each]) => !leavesAllowanceOfAccount(each))) {
    const { outcome } = await transport(app, path, input, caller.cookie)
    expect([path, outcome]).toEqual([path, 'RATE_LIMITED'])
  }
})

describeOnEach('limits', (databaseKind) => {
  test('the transports share the limit of failed log-ins of an address', async () => {
    const { points } = rateLimits.loginFailuresPerAddress
    await using app = await testApp({ databaseKind })
    const turns = inTurn()
    const logIn = (username: string) =>
      turns.next().value(app, 'auth.login', { username, password }, undefined)
    for (let count = 0; count < points; count += 1) {
      expect((await logIn(`unknown-${count}`)).outcome).toBe('INVALID_CREDENTIALS')
    }
    for (const _ of everyTransport) expect((await logIn('unknown')).outcome).toBe('RATE_LIMITED')
  })

  test('the transports share the limit of mutations of an account', async () => {
    await using app = await testApp({ databaseKind })
    const { cookie } = await newUser(app)
    const turns = inTurn()
    const change = () => turns.next().value(app, 'account.updateProfile', { name: 'Ada' }, cookie)
    const allowed = rateLimits.mutationsPerAccount.points + rateLimits.reserveCallsPerSession.points
    for (let count = 0; count < allowed; count += 1) {
      expect([count, (await change()).outcome]).toEqual([count, 'ok'])
    }
    for (const _ of everyTransport) expect((await change()).outcome).toBe('RATE_LIMITED')
  })
})

test('a wrong password through one transport locks the account for guesses through the others', async () => {
  await using app = await testApp()
  const { username } = await newUser(app)
  const turns = inTurn()
  const outcomes = new Set<string>()
  for (let count = 0; count < 12; count += 1) {
    const guess = { username, password: `wrong horse ${count}` }
    outcomes.add((await turns.next().value(app, 'auth.login', guess, undefined)).outcome)
  }
  expect([...outcomes]).toEqual(['INVALID_CREDENTIALS', 'RATE_LIMITED'])
  for (const [, transport] of everyTransport) {
    const guess = { username, password }
    expect((await transport(app, 'auth.login', guess, undefined)).outcome).toBe('RATE_LIMITED')
  }
})
