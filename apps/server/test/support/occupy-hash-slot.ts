import type { TestApp } from '../../src/testing/test-app.ts'

/**
 * Takes one slot for running hashes until the end of the block, as a login of an unknown device would.
 */
export async function occupyHashSlot(app: TestApp): Promise<Disposable> {
  const slot = await app.services.hashQueue.enter({
    key: 'account:other',
    address: '192.0.2.1',
    isKnownDevice: false,
  })
  if (slot === null) throw new Error('All slots are taken already.')
  return slot
}
