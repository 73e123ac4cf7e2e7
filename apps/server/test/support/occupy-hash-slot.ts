import type { TestApp } from '../../src/testing/test-app.ts'

/**
 * Takes one place among the hashes that may run, as a stranger's log-in would, until the end of the block.
 */
export async function occupyHashSlot(app: TestApp): Promise<Disposable> {
  const place = await app.services.hashQueue.enter({
    key: 'account:somebody',
    address: '192.0.2.1',
    isKnownDevice: false,
  })
  if (place === null) throw new Error('All places are taken already.')
  return place
}
