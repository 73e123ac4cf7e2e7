import { describeOnEach } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import { newUser } from '../support/actors.ts'
import { blockWriter } from '../support/block-writer.ts'
import { countWrites } from '../support/delay-writes.ts'
import { call } from '../support/procedures.ts'

describeOnEach('writers', (databaseKind) => {
  // A longer wait than on a busy machine.
  const database = { poolSize: 1, waitMs: 60_000 }

  test('writers: 20 waiting writes of one account delay that of another by one', async () => {
    await using app = await testApp({ databaseKind, database })
    const [busy, other] = [await newUser(app), await newUser(app)]
    const order: string[] = []
    const rename = async ({ cookie }: typeof busy, name: string) => {
      const { status } = await call(app.url, 'account.updateProfile', { name }, cookie)
      order.push(`${name} ${status}`)
    }
    const writes = countWrites(app)
    const calls: Promise<void>[] = []
    {
      await using _blocked = await blockWriter(app)
      for (let count = 0; count < 20; count += 1) calls.push(rename(busy, `Busy ${count}`))
      await writes.reach(21)
      calls.push(rename(other, 'Other'))
      await writes.reach(22)
    }
    await Promise.all(calls)
    expect(order).toHaveLength(21)
    expect(order.slice(0, 4)).toContain('Other 200')
  })
})
