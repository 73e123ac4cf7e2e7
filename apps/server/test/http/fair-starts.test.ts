import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createFairStarts, nextTurn, releaseSlot } from '../../src/admission/fair-starts.ts'

const newResponse = () => new ServerResponse(new IncomingMessage(new Socket()))
const oneTurn = () => new Promise((resolve) => setImmediate(resolve))

const network = '192.0.2'

test('fair starts: one request of another caller starts second, after 100 of a busy caller', async () => {
  const starts = createFairStarts()
  const order: string[] = []
  const start = (key: string) =>
    starts.start(
      { response: newResponse(), key, network, session: null, running: 200, costInWindow: Infinity, cost: 1 },
      () => order.push(key),
    )
  for (let count = 0; count < 100; count += 1) start('busy')
  start('other')
  expect(order).toEqual(['busy'])
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('other')).toBeLessThanOrEqual(2)
})

test('fair starts: a caller of another network starts second, after 100 callers of one network', async () => {
  const starts = createFairStarts()
  const order: string[] = []
  const start = (key: string, from: string) =>
    starts.start(
      {
        response: newResponse(),
        key,
        network: from,
        session: null,
        running: 4,
        costInWindow: Infinity,
        cost: 1,
      },
      () => order.push(key),
    )
  for (let count = 0; count < 100; count += 1) start(`busy ${count}`, network)
  start('other', '198.51.100')
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('other')).toBeLessThanOrEqual(2)
})

test('fair starts: starts no further request in a turn of the event loop after a slow one', async () => {
  const starts = createFairStarts()
  let started = 0
  for (let count = 0; count < 10; count += 1) {
    starts.start(
      {
        response: newResponse(),
        key: `${count}`,
        network,
        session: null,
        running: 4,
        costInWindow: Infinity,
        cost: 1,
      },
      () => {
        started += 1
        const endsAt = performance.now() + 1
        while (performance.now() < endsAt);
      },
    )
  }
  expect(started).toBe(1)
  await oneTurn()
  expect(started).toBeLessThanOrEqual(3)
})

test('fair starts: limits the running requests of a caller and skips a closed request', async () => {
  const starts = createFairStarts()
  const started: ServerResponse[] = []
  const responses = Array.from({ length: 5 }, newResponse)
  for (const response of responses) {
    starts.start(
      { response, key: 'a', network, session: null, running: 2, costInWindow: Infinity, cost: 1 },
      () => started.push(response),
    )
  }
  for (let turn = 0; turn < 10; turn += 1) await oneTurn()
  expect(started).toEqual(responses.slice(0, 2))
  responses[2]?.destroy()
  for (const response of started) releaseSlot(response)
  for (let turn = 0; turn < 10; turn += 1) await oneTurn()
  expect(started).toEqual([0, 1, 3, 4].map((at) => responses[at]))
})

test('fair starts: a session does not wait for 100 requests of another session of its account', async () => {
  const starts = createFairStarts()
  const order: string[] = []
  const start = (session: string) =>
    starts.start(
      { response: newResponse(), key: 'a', network, session, running: 200, costInWindow: Infinity, cost: 1 },
      () => order.push(session),
    )
  for (let count = 0; count < 100; count += 1) start('stolen')
  start('own')
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('own')).toBeLessThanOrEqual(2)
})

test('fair starts: a session does not wait for 100 requests of two other sessions of its account', async () => {
  const starts = createFairStarts()
  const order: string[] = []
  const limits = { running: 200, costInWindow: Infinity, cost: 1 }
  const start = (session: string) =>
    starts.start({ response: newResponse(), key: 'a', network, session, ...limits }, () =>
      order.push(session),
    )
  for (let count = 0; count < 50; count += 1) {
    start('stolen')
    start('also stolen')
  }
  start('own')
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('own')).toBeLessThanOrEqual(3)
})

test('fair starts: a body that came with its head is parsed in the turn of its start', async () => {
  const starts = createFairStarts()
  let parsed = 0
  const start = (key: string) => {
    const response = newResponse()
    starts.start(
      { response, key, network, session: null, running: 4, costInWindow: Infinity, cost: 1 },
      () => {
        void nextTurn(response).then(() => (parsed += 1))
      },
    )
  }
  start('ada')
  start('grace')
  await Promise.resolve()
  await Promise.resolve()
  await Promise.resolve()
  expect(parsed).toBe(1)
  await oneTurn()
  expect(parsed).toBe(2)
})

test('fair starts: bodies of requests that were started together are parsed one in a turn, later', async () => {
  const starts = createFairStarts()
  const [early, first, second, last] = [newResponse(), newResponse(), newResponse(), newResponse()]
  const start = (response: ServerResponse, key: string) =>
    starts.start(
      { response, key, network, session: null, running: 4, costInWindow: Infinity, cost: 1 },
      () => undefined,
    )
  start(early, 'ada')
  await oneTurn()
  start(last, 'bob')
  // These wait, and so does the body, which is the last work of their turn.
  start(first, 'grace')
  start(second, 'mary')
  await nextTurn(early)
  for (let turn = 0; turn < 10; turn += 1) await oneTurn()
  let parsed = 0
  for (const response of [first, second]) void nextTurn(response).then(() => (parsed += 1))
  await Promise.resolve()
  await Promise.resolve()
  await Promise.resolve()
  expect(parsed).toBe(1)
  await oneTurn()
  expect(parsed).toBe(2)
})

test('fair starts: of 20 bodies of a caller that end together, one is parsed in a turn of the event loop', async () => {
  const starts = createFairStarts()
  const order: string[] = []
  const started = Array.from({ length: 20 }, () => {
    const response = newResponse()
    starts.start(
      { response, key: 'busy', network, session: null, running: 4, costInWindow: Infinity, cost: 1 },
      () => undefined,
    )
    releaseSlot(response)
    return response
  })
  for (let turn = 0; turn < 30; turn += 1) await oneTurn()
  const parsed = started.map(async (response) => {
    if (await nextTurn(response)) order.push('busy')
  })
  starts.start(
    {
      response: newResponse(),
      key: 'other',
      network,
      session: null,
      running: 4,
      costInWindow: Infinity,
      cost: 1,
    },
    () => order.push('other'),
  )
  started[19]?.emit('close')
  for (let turn = 0; turn < 30; turn += 1) {
    const before = order.length
    await oneTurn()
    expect(order.length - before).toBeLessThanOrEqual(2)
  }
  await Promise.all(parsed)
  expect(order).toHaveLength(20)
  expect(order.indexOf('other')).toBeLessThanOrEqual(2)
})

test('fair starts: a body takes its turn while its caller has as many running requests as it may', async () => {
  const starts = createFairStarts()
  const responses = Array.from({ length: 6 }, newResponse)
  let started = 0
  for (const response of responses) {
    starts.start(
      { response, key: 'a', network, session: null, running: 2, costInWindow: Infinity, cost: 1 },
      () => (started += 1),
    )
  }
  for (let turn = 0; turn < 10; turn += 1) await oneTurn()
  const [first] = responses
  expect([started, first === undefined ? false : await nextTurn(first)]).toEqual([2, true])
  expect(started).toBe(2)
})

test('fair starts: starts as many requests of a caller as a window has, and those of another at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const starts = createFairStarts()
  const started: string[] = []
  const start = (key: string) => {
    const response = newResponse()
    starts.start({ response, key, network, session: null, running: 4, costInWindow: 20, cost: 1 }, () => {
      started.push(key)
      releaseSlot(response)
    })
  }
  for (let count = 0; count < 50; count += 1) start('busy')
  for (let turn = 0; turn < 60; turn += 1) await oneTurn()
  expect(started).toHaveLength(20)
  start('other')
  await oneTurn()
  expect(started.at(-1)).toBe('other')
  for (const expected of [41, 51]) {
    vi.advanceTimersByTime(100)
    for (let turn = 0; turn < 60; turn += 1) await oneTurn()
    expect(started).toHaveLength(expected)
  }
})
