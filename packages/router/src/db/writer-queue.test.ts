import { AsyncLocalStorage } from 'node:async_hooks'
import { expect, test } from 'vitest'
import { describeOnEach, testDatabase } from '../testing/index.ts'

describeOnEach('queued writers', (kind) => {
  const options = { poolSize: 1, waitMs: 60_000 }
  const currentCall = new AsyncLocalStorage<string>()

  test('queued writer: works in the async context of its caller, not of the writer before it', async () => {
    await using test = await testDatabase(kind, options)
    const released = Promise.withResolvers<void>()
    const first = currentCall.run('first', () => test.db.write(() => released.promise))
    const second = currentCall.run('second', () => test.db.write(async () => currentCall.getStore()))
    released.resolve()
    await first
    expect(await second).toBe('second')
  })

  test('queued writer: a write inside of it is refused, as in one that did not wait', async () => {
    await using test = await testDatabase(kind, options)
    const released = Promise.withResolvers<void>()
    const first = test.db.write(() => released.promise)
    const second = test.db.write(() => test.db.write(async () => undefined))
    released.resolve()
    await first
    await expect(second).rejects.toThrow('db.write was used inside the work of db.write')
  })
})
