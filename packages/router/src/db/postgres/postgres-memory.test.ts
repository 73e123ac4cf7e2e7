import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { describeOnPostgres, emptyTestDatabase, testDatabase } from '../../testing/index.ts'
import { openNotifyChannel } from './notify-channel.ts'

setFlagsFromString('--expose-gc')
// Sound: the flag creates this function.
const collectGarbage = runInNewContext('gc') as () => void

function usedBytes(): number {
  collectGarbage()
  collectGarbage()
  return process.memoryUsage().heapUsed
}

describeOnPostgres('memory of the pool', () => {
  test('pool: getting a connection leaves nothing in memory', async () => {
    await using database = await testDatabase('postgres')
    const read = async (times: number) => {
      for (let count = 0; count < times; count += 4)
        await Promise.all(
          Array.from({ length: 4 }, () =>
            database.db.read.selectFrom('users').select('id').limit(1).execute(),
          ),
        )
    }
    await read(1_000)
    const before = usedBytes()
    await read(3_000)
    expect((usedBytes() - before) / 3_000).toBeLessThan(100)
  })

  test('channel: a heartbeat leaves nothing in memory', async () => {
    await using database = await emptyTestDatabase('postgres')
    const queries = vi.spyOn(pg.Client.prototype, 'query')
    onTestFinished(() => queries.mockRestore())
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
    const rest = { channel: 'test_news', onMessage: () => undefined, log }
    const channel = openNotifyChannel({ url: database.url, heartbeatMs: 1, ...rest })
    onTestFinished(channel.close)
    const beats = async (times: number) => {
      await expect.poll(() => queries.mock.calls.length, { timeout: 150_000 }).toBeGreaterThan(times)
      queries.mockClear()
    }
    await beats(500)
    const before = usedBytes()
    await beats(2_000)
    expect((usedBytes() - before) / 2_000).toBeLessThan(150)
  })
})
