import { signupInput } from '@latchkey/contract/testing'
import { describeOnEach } from '@latchkey/router/testing'
import { expect, test, vi } from 'vitest'

import { testApp, type TestApp } from '../src/testing/test-app.ts'
import { ada, deviceCookie, login, wrong } from './guessing.ts'
import { occupyHashing } from './occupy-hashing.ts'
import { post, reasonIn, type RawAnswer } from './raw-call.ts'
import { tally } from './side-by-side.ts'

/** Makes the calls while no hash can run. @returns how many waited, and what became of all of them */
async function whileHashingIsTaken(app: TestApp, calls: readonly (() => Promise<RawAnswer>)[]) {
  const held = await occupyHashing(app)
  let answered = 0
  const answers = calls.map(async (call) => {
    const answer = await call()
    answered += 1
    return reasonIn(answer)
  })
  const waiting = () => app.services.hashQueue.load().waiting
  await vi.waitUntil(() => answered + waiting() === calls.length, 10_000)
  const waited = waiting()
  held[Symbol.dispose]()
  return { waited, outcomes: tally(await Promise.all(answers)) }
}

describeOnEach('of the line of hashes', (databaseKind) => {
  test('one account has 2 places, from wherever and for whatever it is asked', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1 } })
    const here = await post(app.url, 'auth.signup', signupInput(ada))
    const there = await post(app.url, 'auth.login', ada)
    const [session] = here.cookies
    const { waited, outcomes } = await whileHashingIsTaken(app, [
      () => login(app, wrong),
      () => login(app, wrong, deviceCookie(here.cookies)),
      () => login(app, wrong, deviceCookie(there.cookies)),
      () => post(app.url, 'auth.elevate', { password: 'wrong' }, session),
      () =>
        post(
          app.url,
          'account.changePassword',
          { currentPassword: 'wrong', newPassword: 'a better battery' },
          session,
        ),
    ])
    expect(waited).toBe(2)
    expect(outcomes).toEqual({ BUSY: 3, INVALID_CREDENTIALS: 2 })
  })

  test('a name that nobody has yet has 2 places, for log-ins and sign-ups together', async () => {
    await using app = await testApp({ databaseKind, settings: { hashConcurrency: 1 } })
    const { waited } = await whileHashingIsTaken(app, [
      () => login(app, wrong),
      () => login(app, wrong),
      () => post(app.url, 'auth.signup', signupInput(ada)),
      () => post(app.url, 'auth.signup', signupInput(ada)),
    ])
    expect(waited).toBe(2)
  })
})
