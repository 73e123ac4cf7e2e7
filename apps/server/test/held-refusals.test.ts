import { expect, test } from 'vitest'

import { testApp } from '../src/testing/test-app.ts'
import { occupyHashing } from './occupy-hashing.ts'
import { post } from './raw-call.ts'

test('a refusal that says "later" lets others go first', async () => {
  await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
  using _held = await occupyHashing(app)
  const order: string[] = []
  const refused = post(app.url, 'auth.signup', { username: 'ada', password: 'a long enough one' })
  // However slow the machine is, one of several quick answers comes in the time that the refusal is held.
  const quick = async () => {
    for (let count = 0; count < 3; count += 1) order.push(await (await fetch(`${app.url}/livez`)).text())
  }
  const [answer] = await Promise.all([refused.finally(() => order.push('refused')), quick()])
  expect(answer.status).toBe(503)
  expect(order.indexOf('refused')).toBeGreaterThan(0)
})
