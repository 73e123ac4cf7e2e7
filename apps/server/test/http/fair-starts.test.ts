import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createFairStarts, nextTurn, releaseSlot } from '../../src/admission/fair-starts.ts'
import type { FairStarts } from '../../src/admission/fair-starts.ts'

const newResponse = () => new ServerResponse(new IncomingMessage(new Socket()))
const oneTurn = () => new Promise((resolve) => setImmediate(resolve))
const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await oneTurn()
}

type Start = Parameters<FairStarts['start']>[0]

/** Returns a function that starts small requests, of one caller without a session unless it says more. */
function newStarts() {
  const starts = createFairStarts()
  const usual = {
    key: 'a',
    network: '192.0.2',
    credentialId: null,
    running: 4,
    costInWindow: Infinity,
    cost: 1,
  }
  return (start: Partial<Start>, work: () => void = () => undefined) =>
    starts.start({ response: newResponse(), ...usual, ...start }, work)
}

test('fair starts: one request of another caller starts second, after 100 of a busy caller', async () => {
  const startRequest = newStarts()
  const order: string[] = []
  const start = (key: string) => startRequest({ key, running: 200 }, () => order.push(key))
  for (let count = 0; count < 100; count += 1) start('busy')
  start('other')
  expect(order).toEqual(['busy'])
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('other')).toBeLessThanOrEqual(2)
})

test('fair starts: a caller of another network starts second, after 100 callers of one network', async () => {
  const startRequest = newStarts()
  const order: string[] = []
  const start = (key: string, network: string) => startRequest({ key, network }, () => order.push(key))
  for (let count = 0; count < 100; count += 1) start(`busy ${count}`, '192.0.2')
  start('other', '198.51.100')
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('other')).toBeLessThanOrEqual(2)
})

test('fair starts: starts no further request in a turn of the event loop after a slow one', async () => {
  const startRequest = newStarts()
  let started = 0
  for (let count = 0; count < 10; count += 1) {
    startRequest({ key: `${count}` }, () => {
      started += 1
      const endsAt = performance.now() + 1
      while (performance.now() < endsAt);
    })
  }
  expect(started).toBe(1)
  await oneTurn()
  expect(started).toBeLessThanOrEqual(3)
})

test('fair starts: limits the running requests of a caller and skips a closed request', async () => {
  const startRequest = newStarts()
  const started: ServerResponse[] = []
  const responses = Array.from({ length: 5 }, newResponse)
  for (const response of responses) startRequest({ response, running: 2 }, () => started.push(response))
  await turns(10)
  expect(started).toEqual(responses.slice(0, 2))
  responses[2]?.destroy()
  for (const response of started) releaseSlot(response)
  await turns(10)
  expect(started).toEqual([0, 1, 3, 4].map((at) => responses[at]))
})

test('fair starts: a session does not wait for 100 requests of another session of its account', async () => {
  const startRequest = newStarts()
  const order: string[] = []
  const start = (credentialId: string) =>
    startRequest({ credentialId, running: 200 }, () => order.push(credentialId))
  for (let count = 0; count < 100; count += 1) start('stolen')
  start('own')
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('own')).toBeLessThanOrEqual(2)
})

test('fair starts: a session does not wait for 100 requests of two other sessions of its account', async () => {
  const startRequest = newStarts()
  const order: string[] = []
  const start = (credentialId: string) =>
    startRequest({ credentialId, running: 200 }, () => order.push(credentialId))
  for (let count = 0; count < 50; count += 1) {
    start('stolen')
    start('also stolen')
  }
  start('own')
  while (order.length < 101) await oneTurn()
  expect(order.indexOf('own')).toBeLessThanOrEqual(3)
})

test('fair starts: a body that came with its head is parsed in the turn of its start', async () => {
  const startRequest = newStarts()
  let parsed = 0
  const start = (key: string) => {
    const response = newResponse()
    startRequest({ response, key }, () => void nextTurn(response).then(() => (parsed += 1)))
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
  const startRequest = newStarts()
  const [early, first, second, last] = [newResponse(), newResponse(), newResponse(), newResponse()]
  startRequest({ response: early, key: 'ada' })
  await oneTurn()
  startRequest({ response: last, key: 'bob' })
  // These wait, and so does the body, which is the last work of their turn.
  startRequest({ response: first, key: 'grace' })
  startRequest({ response: second, key: 'mary' })
  await nextTurn(early)
  await turns(10)
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
  const startRequest = newStarts()
  const order: string[] = []
  const started = Array.from({ length: 20 }, () => {
    const response = newResponse()
    startRequest({ response, key: 'busy' })
    releaseSlot(response)
    return response
  })
  await turns(30)
  const parsed = started.map(async (response) => {
    if (await nextTurn(response)) order.push('busy')
  })
  startRequest({ key: 'other' }, () => order.push('other'))
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
  const startRequest = newStarts()
  const responses = Array.from({ length: 6 }, newResponse)
  let started = 0
  for (const response of responses) startRequest({ response, running: 2 }, () => (started += 1))
  await turns(10)
  const [first] = responses
  expect([started, first === undefined ? false : await nextTurn(first)]).toEqual([2, true])
  expect(started).toBe(2)
})

test('fair starts: starts as many requests of a caller as a window has, and those of another at once', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const startRequest = newStarts()
  const started: string[] = []
  const start = (key: string) => {
    const response = newResponse()
    startRequest({ response, key, costInWindow: 20 }, () => {
      started.push(key)
      releaseSlot(response)
    })
  }
  for (let count = 0; count < 50; count += 1) start('busy')
  await turns(60)
  expect(started).toHaveLength(20)
  start('other')
  await oneTurn()
  expect(started.at(-1)).toBe('other')
  for (const expected of [41, 51]) {
    vi.advanceTimersByTime(100)
    await turns(60)
    expect(started).toHaveLength(expected)
  }
})
