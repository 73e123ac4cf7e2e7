import { signupInput } from '@app/contract/testing'
import { expect, test, vi } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { post } from '../support/raw-call.ts'

/** Sends a call after the server decided on a rejection. @returns whether the call is answered first */
async function otherCallIsFirst(app: TestApp): Promise<boolean> {
  const decided = Promise.withResolvers<void>()
  using _watched = vi.spyOn(app.services.hashQueue, 'retryAfterSeconds').mockImplementation(() => {
    decided.resolve()
    return 1
  })
  const rejected = post(
    app.url,
    'auth.signup',
    signupInput({ username: 'ada', password: 'a long enough one' }),
  )
  await decided.promise
  const other = fetch(`${app.url}/livez`)
  const first = await Promise.race([other.then(() => 'other'), rejected.then(() => 'rejected')])
  await Promise.all([other, rejected])
  return first === 'other'
}

test('delayed rejections: another call is answered before a rejection with Retry-After', async () => {
  await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
  using _busy = await occupyHashSlot(app)
  // A machine that stops for as long as the delay may swap the order, so one success is enough. Without a
  // delay the rejection is first each time.
  let isDelayed = false
  for (let count = 0; count < 20 && !isDelayed; count += 1) isDelayed = await otherCallIsFirst(app)
  expect(isDelayed).toBe(true)
})
