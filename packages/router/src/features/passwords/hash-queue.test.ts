import { setImmediate } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { createHashQueue } from './hash-queue.ts'
import type { HashCaller, HashQueue, HashSlot } from './hash-queue.ts'

const wide = { concurrency: 1, waiting: 4, waitingPerKey: 4 }
const caller = (change: Partial<HashCaller> = {}): HashCaller => ({
  key: 'account:ada',
  address: '192.0.2.1',
  isKnownDevice: false,
  ...change,
})

/** Records in which order named callers get their slots, and which are rejected. */
function observed(limits: Parameters<typeof createHashQueue>[0]) {
  const queue = createHashQueue(limits)
  const granted: { name: string; slot: HashSlot }[] = []
  const rejected: string[] = []
  return {
    queue,
    enter: async (name: string, change?: Partial<HashCaller>): Promise<void> => {
      void queue
        .enter(caller(change))
        .then((slot) => (slot === null ? rejected.push(name) : granted.push({ name, slot })))
      await setImmediate()
    },
    names: () => granted.map(({ name }) => name),
    rejected: () => rejected,
    release: async (name: string) => {
      granted.find((one) => one.name === name)?.slot[Symbol.dispose]()
      await setImmediate()
    },
  }
}

test('hash queue: runs and queues as many as allowed, in order, and rejects the surplus immediately', async () => {
  const queue = observed({ ...wide, concurrency: 2, waiting: 2 })
  for (const name of ['a', 'b', 'c', 'd', 'e']) await queue.enter(name)
  expect([queue.names(), queue.rejected()]).toEqual([['a', 'b'], ['e']])
  await queue.release('b')
  expect(queue.names()).toEqual(['a', 'b', 'c'])
  await queue.enter('f')
  await queue.enter('g')
  for (const name of ['a', 'c', 'd']) await queue.release(name)
  expect([queue.names(), queue.rejected()]).toEqual([
    ['a', 'b', 'c', 'd', 'f'],
    ['e', 'g'],
  ])
})

test('hash queue: a slot that is released twice frees one slot', async () => {
  const queue = observed(wide)
  await queue.enter('a')
  await queue.enter('b')
  await queue.release('a')
  await queue.release('a')
  await queue.enter('c')
  expect(queue.names()).toEqual(['a', 'b'])
})

describe('hash queue: when a rejected caller should retry', () => {
  const full = async (waiting: number, heldMs: number) => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0)
    const queue = createHashQueue({ concurrency: 1, waiting, waitingPerKey: 99 })
    const first = await queue.enter(caller())
    now.mockReturnValue(heldMs)
    first?.[Symbol.dispose]()
    for (let count = 0; count <= waiting; count += 1) void queue.enter(caller())
    now.mockRestore()
    return queue
  }
  const earliestAndLatest = (queue: HashQueue) =>
    [0, 0.999].map((chance) => {
      using _chance = vi.spyOn(Math, 'random').mockReturnValue(chance)
      return queue.retryAfterSeconds()
    })

  test('hash queue: a rejected caller retries after at least one second', async () => {
    expect(earliestAndLatest(createHashQueue(wide))).toEqual([1, 1])
    expect(earliestAndLatest(await full(4, 10))).toEqual([1, 1])
  })

  test('hash queue: a rejected caller retries at a random time around the end of the queue', async () => {
    expect(earliestAndLatest(await full(32, 250))).toEqual([4, 12])
  })
})

describe('the hash queue', () => {
  /** Fills the queue with attackers from these addresses, each with another account. */
  const underAttack = async (addresses: readonly string[]) => {
    const queue = observed({ ...wide, waiting: 8 })
    for (let count = 0; count < 9; count += 1) {
      const address = addresses[count % addresses.length] ?? ''
      await queue.enter(`attacker ${count}`, { key: `account:${count}`, address })
    }
    return queue
  }

  test.each([
    ['2 addresses', ['192.0.2.1', '198.51.100.1']],
    ['4 addresses of one network', ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']],
    [
      'many addresses of one /48',
      ['0', '1', '2', '3', '4', '5', '6', '7', '8'].map((n) => `2001:0db8:0001:000${n}`),
    ],
  ])(
    'hash queue: full of callers from %s, it queues another caller, who is among the next two',
    async (_name, addresses) => {
      const queue = await underAttack(addresses)
      await queue.enter('third party', { key: 'account:grace', address: '203.0.113.9' })
      expect(queue.rejected()).toEqual([expect.stringMatching(/^attacker/)])
      // Each network of the attackers may have had its first slot before.
      for (let slot = 0; slot < 2; slot += 1) await queue.release(queue.names().at(-1) ?? '')
      expect(queue.names()).toContain('third party')
    },
  )

  test('hash queue: gives the next slot to the caller with the fewest recent slots, and every fourth to the oldest', async () => {
    const queue = await underAttack(['192.0.2.1'])
    const order = ['attacker 0']
    for (const name of ['one', 'two', 'three', 'four']) {
      await queue.enter(name, { key: `account:${name}`, address: `203.0.${name.length}.${order.length}` })
      await queue.release(order.at(-1) ?? '')
      order.push(queue.names().at(-1) ?? '')
    }
    expect(order).toEqual(['attacker 0', 'one', 'two', 'three', 'attacker 1'])
  })

  test('hash queue: full of callers from one address, it prefers a known device from there', async () => {
    const queue = await underAttack(['192.0.2.1'])
    await queue.enter('unknown device', { key: 'account:grace' })
    await queue.enter('owner', { key: 'device:grace', isKnownDevice: true })
    expect(queue.rejected()).toEqual(['unknown device', 'attacker 8'])
    expect([queue.queue.isFullFor('192.0.2.1'), queue.queue.isFullFor('203.0.113.9')]).toEqual([true, false])
  })

  test('hash queue: bounds the callers of one key, and leaves the rest to others', async () => {
    const queue = observed({ ...wide, waitingPerKey: 2 })
    for (const name of ['a', 'b', 'c', 'd']) await queue.enter(name)
    await queue.enter('e', { key: 'account:grace' })
    expect(queue.rejected()).toEqual(['d'])
  })
})
