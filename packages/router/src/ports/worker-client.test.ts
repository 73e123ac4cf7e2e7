import { expect, test } from 'vitest'
import { createWorkerClient } from './worker-client.ts'

test('worker: closes after a request that cannot be copied', async () => {
  const client = createWorkerClient<unknown, unknown>({
    program: new URL('../features/passwords/hash-worker.ts', import.meta.url),
    name: 'test',
    workerData: { niceness: 0 },
    lost: () => new Error('lost'),
  })
  const uncopyable = () => undefined
  const [before, closed, after] = [client.ask(uncopyable), client.close(), client.ask(uncopyable)]
  await expect(before).rejects.toThrow('could not be cloned')
  await expect(after).rejects.toThrow('could not be cloned')
  await closed
  expect(client.isRunning).toBe(false)
})
