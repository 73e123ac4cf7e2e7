import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { describeOnPostgres, testDatabase } from '../../testing/index.ts'

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
})
