import { describe, expect, test, vi } from 'vitest'

import { createHashQueue, type HashCaller, type HashQueue, type HashTicket } from './hash-queue.ts'

const wide = { concurrency: 1, waiting: 4, waitingPerAccount: 4, waitingPerAddress: 4 }
const caller = (change: Partial<HashCaller> = {}): HashCaller => ({
  isSignedIn: false,
  account: 'ada',
  address: '192.0.2.1',
  ...change,
})

/** Lets callers in by name and notes in which order they get their tickets. */
function observed(limits: Parameters<typeof createHashQueue>[0]) {
  const queue = createHashQueue(limits)
  const granted: { name: string; ticket: HashTicket }[] = []
  return {
    enter: (name: string, change?: Partial<HashCaller>): boolean => {
      const place = queue.enter(caller(change))
      void place?.then((ticket) => granted.push({ name, ticket }))
      return place !== null
    },
    names: async () => {
      await Promise.resolve()
      return granted.map(({ name }) => name)
    },
    giveBack: (name: string) => granted.find((one) => one.name === name)?.ticket[Symbol.dispose](),
  }
}

test('so many run, so many wait in order, and the surplus is refused at once', async () => {
  const queue = observed({ ...wide, concurrency: 2, waiting: 2 })
  const entered = ['a', 'b', 'c', 'd', 'e'].map((name) => queue.enter(name))
  expect(entered).toEqual([true, true, true, true, false])
  expect(await queue.names()).toEqual(['a', 'b'])
  queue.giveBack('b')
  expect(await queue.names()).toEqual(['a', 'b', 'c'])
  expect([queue.enter('f'), queue.enter('g')]).toEqual([true, false])
  for (const name of ['a', 'c', 'd']) {
    queue.giveBack(name)
    await queue.names()
  }
  expect(await queue.names()).toEqual(['a', 'b', 'c', 'd', 'f'])
})

test('a ticket given back twice frees one place', async () => {
  const queue = observed(wide)
  queue.enter('a')
  queue.enter('b')
  await queue.names()
  queue.giveBack('a')
  queue.giveBack('a')
  queue.enter('c')
  expect(await queue.names()).toEqual(['a', 'b'])
})

describe('who gets no place is told when to come back', () => {
  const full = async (waiting: number, heldMs: number) => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(0)
    const queue = createHashQueue({ concurrency: 1, waiting, waitingPerAccount: 99, waitingPerAddress: 99 })
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

  test('in a second at least', async () => {
    expect(earliestAndLatest(createHashQueue(wide))).toEqual([1, 1])
    expect(earliestAndLatest(await full(4, 10))).toEqual([1, 1])
  })

  test('when the line will have been served, as long as hashes take, and not all at once', async () => {
    expect(earliestAndLatest(await full(32, 250))).toEqual([4, 12])
  })
})

describe('the line is nobody’s own', () => {
  test('signed-in callers go first', async () => {
    const queue = observed(wide)
    queue.enter('running')
    queue.enter('stranger')
    queue.enter('member', { isSignedIn: true })
    queue.enter('second member', { isSignedIn: true })
    for (const name of ['running', 'member', 'second member']) {
      await queue.names()
      queue.giveBack(name)
    }
    expect(await queue.names()).toEqual(['running', 'member', 'second member', 'stranger'])
  })

  test('one account holds its share of it, and leaves the rest to others', () => {
    const queue = observed({ ...wide, waitingPerAccount: 2 })
    const entered = ['a', 'b', 'c', 'd'].map((name) => queue.enter(name))
    expect(entered).toEqual([true, true, true, false])
    expect(queue.enter('e', { account: 'grace' })).toBe(true)
  })

  test('one address holds its share of it, and leaves the rest to others', () => {
    const queue = observed({ ...wide, waitingPerAddress: 2 })
    const entered = ['a', 'b', 'c', 'd'].map((name) => queue.enter(name, { account: name }))
    expect(entered).toEqual([true, true, true, false])
    expect(queue.enter('e', { account: 'e', address: '192.0.2.2' })).toBe(true)
  })
})
