import { rateLimits } from '@app/contract'
import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { auditRows } from '../support/audit-rows.ts'
import { ada, login, signUp } from '../support/brute-force.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { reasonIn } from '../support/raw-call.ts'
import { inParallel, tally } from '../support/server-pair.ts'

const { points } = rateLimits.loginFailuresPerAddress

/** Uses up the allowance of the address except `failures`. */
async function leaveFailures(app: TestApp, failures: number): Promise<void> {
  for (let count = failures; count < points; count += 1) {
    await app.services.rateLimits.consume('loginFailuresPerAddress', '127.0.0.1')
  }
}

const guessAt = (app: TestApp, username: string) => login(app, { username, password: 'a guess' })

async function limitedEvents(app: TestApp) {
  return (await auditRows(app)).filter(({ event }) => event === 'password-limited')
}

describeOnEach('logins from one address', (databaseKind) => {
  test('compare one of 16 concurrent guesses at different names when one failure is left', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 16 } })
    await leaveFailures(app, 1)
    const answers = await inParallel((index) => guessAt(app, `unknown-${index}`), 16)
    expect(tally(answers.map(reasonIn))).toEqual({ INVALID_CREDENTIALS: 1, RATE_LIMITED: 15 })
  })

  test('record one event without an account when the limit is reached, and none for rejections', async () => {
    await using app = await testApp({ databaseKind })
    await leaveFailures(app, 3)
    for (const [index, limited] of [0, 0, 1, 1, 1].entries()) {
      await guessAt(app, `unknown-${index}`)
      expect(await limitedEvents(app)).toHaveLength(limited)
    }
    expect(await limitedEvents(app)).toMatchObject([
      { actor_kind: 'anonymous', subject: null, ip: '127.0.0.1', detail: '{"per":"address"}' },
    ])
  })

  test('count only failures, also in concurrent calls', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 20 } })
    await signUp(app)
    await leaveFailures(app, 20)
    for (let count = 0; count < 6; count += 1) {
      const answers = await inParallel(() => login(app, ada), 4)
      expect(tally(answers.map(reasonIn))).toEqual({ ok: 4 })
    }
    await login(app, { username: '', password: '' })
    await inParallel((index) => guessAt(app, `unknown-${index}`), 19)
    expect(reasonIn(await login(app, ada))).toBeUndefined()
    await guessAt(app, 'unknown')
    expect(reasonIn(await login(app, ada))).toBe('RATE_LIMITED')
  })
})

test('brute force: BUSY does not count for an address', async () => {
  await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
  await signUp(app)
  await leaveFailures(app, 1)
  {
    using _held = await occupyHashSlot(app)
    for (let count = 0; count < 3; count += 1) expect(reasonIn(await login(app, ada))).toBe('BUSY')
  }
  expect(reasonIn(await login(app, ada))).toBeUndefined()
})
