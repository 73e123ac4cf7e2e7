import { expect, test } from 'vitest'
import { createWorkerClient } from './worker-client.ts'

test('worker: closes after a request that cannot be copied', async () => {
  const client = createWorkerClient<unknown, unknown>({
    program: new URL('../features/passwords/hash-worker.ts', import.meta.url),
    name: 'test',
    workerData: { niceness: 0 },
    lost: () => new Error('lost'),
  })
  const asked = expect(client.ask(() => undefined)).rejects.toThrow('could not be cloned')
  await Promise.all([asked, client.close()])
  expect(client.isRunning).toBe(false)
})
