import { signupInput } from '@app/contract/testing'
import { expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { occupyHashing } from '../support/occupy-hashing.ts'
import { post } from '../support/raw-call.ts'

/** Whether a call that comes after the refusal has been decided on is answered before it. */
async function othersGoFirst(app: TestApp): Promise<boolean> {
  const decided = Promise.withResolvers<void>()
  using _watched = vi.spyOn(app.services.hashQueue, 'retryAfterSeconds').mockImplementation(() => {
    decided.resolve()
    return 1
  })
  const refused = post(
    app.url,
    'auth.signup',
    signupInput({ username: 'ada', password: 'a long enough one' }),
  )
  await decided.promise
  const other = fetch(`${app.url}/livez`)
  const first = await Promise.race([other.then(() => 'other'), refused.then(() => 'refused')])
  await Promise.all([other, refused])
  return first === 'other'
}

test('a refusal that says "later" lets others go first', async () => {
  await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
  using _held = await occupyHashing(app)
  // A machine that stands still for as long as the refusal is held mixes the order up; one that is not held
  // never loses.
  let isHeld = false
  for (let count = 0; count < 20 && !isHeld; count += 1) isHeld = await othersGoFirst(app)
  expect(isHeld).toBe(true)
})
