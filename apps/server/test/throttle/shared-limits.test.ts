import { rateLimits } from '@app/contract'
import { missingRedis, startRedis } from '@app/router/testing'
import { describe, expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { spenders } from './spenders.ts'
import type { SharedLimit } from './spenders.ts'

const why = missingRedis()

/** How many events the calls of a test may use. The rest of an allowance is used up before. */
const left = 10

// Sound: the keys of the record.
const names = Object.keys(spenders) as SharedLimit[]

describe.skipIf(why !== '')(`limits that two servers share in Redis${why}`, () => {
  test.each(names)(
    'shared limit %s: what one server allows, the other does not allow again',
    async (name) => {
      await using redis = await startRedis()
      const settings = { limitsStore: redis.url }
      await using first = await testApp({ settings })
      const { clock, databaseUrl } = first
      await using second = await testApp({ clock, databaseUrl, settings })
      const { key, spend } = await spenders[name]([first, second])
      const { points } = rateLimits[name]
      await second.services.rateLimits.consume(name, key, Math.max(0, points - left))
      const allowed: boolean[] = []
      for (let count = 0; count < left + 2; count += 1)
        allowed.push(await spend(count % 2 === 0 ? first : second))
      const total = allowed.filter(Boolean).length
      expect(total).toBeGreaterThan(0)
      expect(total).toBeLessThanOrEqual(Math.min(left, points))
      expect(allowed.slice(-2)).toEqual([false, false])
      // Otherwise each server has counted alone.
      expect([first, second].map(({ services }) => services.rateLimits.shared?.losses)).toEqual([0, 0])
    },
  )
})
