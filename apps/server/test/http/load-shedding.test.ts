import { signupInput } from '@app/contract/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { watchReads } from '../support/database-reads.ts'
import { occupyHashSlot } from '../support/occupy-hash-slot.ts'
import { post, reasonIn } from '../support/raw-call.ts'

test.for(['auth.login', 'auth.signup'])(
  'load shedding: while the hash queue is full, %s is BUSY before any database read',
  async (path) => {
    await using app = await testApp({ settings: { hashConcurrency: 1, hashQueue: 0 } })
    using reads = watchReads(app)
    {
      using _busy = await occupyHashSlot(app)
      const ada = { username: 'ada', password: 'x' }
      const answer = await post(app.url, path, path === 'auth.login' ? ada : signupInput(ada))
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
      expect(JSON.parse(answer.text)).toMatchObject({
        error: { data: { path, failure: { reason: 'BUSY', retryAfterSeconds: 1 } } },
      })
      expect(reads.count()).toBe(0)
    }
    // With a free slot again, the call reaches input validation.
    expect(reasonIn(await post(app.url, path, { username: 'ada' }))).toBe('INVALID_INPUT')
  },
)
