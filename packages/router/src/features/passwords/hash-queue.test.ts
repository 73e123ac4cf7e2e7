import { expect, test } from 'vitest'

import { createHashQueue } from './hash-queue.ts'

test('so many run, so many wait in order, and the surplus is refused at once', async () => {
  const queue = createHashQueue({ concurrency: 2, waiting: 2 })
  const granted: number[] = []
  const entered = [1, 2, 3, 4, 5].map((caller) =>
    queue.enter()?.then((ticket) => {
      granted.push(caller)
      return ticket
    }),
  )
  expect(entered[4]).toBeUndefined()

  const first = await entered[0]
  const second = await entered[1]
  expect(granted).toEqual([1, 2])

  second?.[Symbol.dispose]()
  const third = await entered[2]
  expect(granted).toEqual([1, 2, 3])

  first?.[Symbol.dispose]()
  third?.[Symbol.dispose]()
  const fourth = await entered[3]
  expect(granted).toEqual([1, 2, 3, 4])
  fourth?.[Symbol.dispose]()
  expect(queue.enter()).not.toBeNull()
})

test('a ticket given back twice frees one place', async () => {
  const queue = createHashQueue({ concurrency: 1, waiting: 1 })
  const ticket = await queue.enter()
  ticket?.[Symbol.dispose]()
  ticket?.[Symbol.dispose]()
  expect(queue.enter()).not.toBeNull()
  expect(queue.enter()).not.toBeNull()
  expect(queue.enter()).toBeNull()
})
