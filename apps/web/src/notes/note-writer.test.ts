import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startWriter } from './fake-notes-server.ts'
import type { Fault } from './fake-notes-server.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('note writer: saves once after a pause, and the response does not change text typed since', async () => {
  const { server, writer } = startWriter()
  writer.write({ title: '', body: 'A' })
  await vi.advanceTimersByTimeAsync(1_000)
  writer.write({ title: '', body: 'Al' })
  await vi.advanceTimersByTimeAsync(1_000)
  expect(server.requests).toBe(0)
  server.delayMs = 500
  await vi.advanceTimersByTimeAsync(300)
  expect(server.requests).toBe(1)
  writer.write({ title: '', body: 'All' })
  await vi.advanceTimersByTimeAsync(500)
  expect(writer.read()).toMatchObject({ text: { body: 'All' }, state: { status: 'saving' } })
  expect(server.stored()).toMatchObject({ title: 'Al', body: 'Al', revision: 1 })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(server.stored()).toMatchObject({ title: 'All', body: 'All', revision: 2 })
  expect(writer.read().state).toEqual({ status: 'saved', source: 'here' })
})

test('note writer: saves every ten seconds without a pause, within the allowance of a session', async () => {
  const { server, writer } = startWriter()
  for (let key = 0; key < 600; key += 1) {
    writer.write({ title: 'Long', body: 'x'.repeat(key) })
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(server.requests).toBeGreaterThanOrEqual(5)
  expect(server.requests).toBeLessThanOrEqual(7)
  const before = server.requests
  for (let key = 0; key < 60; key += 1) {
    writer.write({ title: 'Slow', body: 'x'.repeat(key) })
    await vi.advanceTimersByTimeAsync(1_300)
  }
  expect(server.requests - before).toBeLessThanOrEqual(60)
})

test('note writer: waits as long as the server asks, unless the user retries', async () => {
  const { server, writer } = startWriter()
  server.next = [{ reason: 'RATE_LIMITED', retryAfterSeconds: 40 }]
  writer.write({ title: 'Plan', body: '' })
  await vi.advanceTimersByTimeAsync(2_000)
  const { state } = writer.read()
  // The state has the time of the retry, for the countdown.
  expect(state).toMatchObject({ status: 'waiting', retryAt: Date.now() + 40_000 - (2_000 - 1_210) })
  writer.write({ title: 'Plan B', body: '' })
  await writer.save()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(server.requests).toBe(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(server.stored()).toMatchObject({ title: 'Plan B' })

  server.next = [{ reason: 'UNAVAILABLE', retryAfterSeconds: 40 }]
  writer.write({ title: 'Plan C', body: '' })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(writer.read().state).toMatchObject({ status: 'waiting' })
  const saved = writer.retry()
  await vi.advanceTimersByTimeAsync(100)
  await saved
  expect(server.stored()).toMatchObject({ title: 'Plan C' })
})

test('note writer: does not retry a rejected text automatically', async () => {
  const { server, writer } = startWriter()
  server.next = [{ reason: 'TOO_MANY_NOTES' }]
  writer.write({ title: 'One more', body: '' })
  await vi.advanceTimersByTimeAsync(600_000)
  expect(server.requests).toBe(1)
  expect(writer.read().state).toMatchObject({ status: 'rejected' })
  expect(writer.isUnsaved).toBe(true)
})

test('note writer: a save without a response is no conflict with another device', async () => {
  const { server, writer } = startWriter()
  for (const body of ['First', 'Second']) {
    server.next = ['lost response']
    writer.write({ title: 'Plan', body })
    await vi.advanceTimersByTimeAsync(1_500)
    expect(writer.read().state).toMatchObject({ status: 'waiting' })
    writer.write({ title: 'Plan', body: `${body}, and more` })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(writer.read().state).toEqual({ status: 'saved', source: 'here' })
    expect(server.stored()).toMatchObject({ body: `${body}, and more` })
  }
  expect(server.notes).toHaveLength(1)
})

test('note writer: merges both versions once, also after a further save of the other device', async () => {
  const { server, writer } = startWriter()
  writer.write({ title: 'Plan', body: 'flour' })
  await vi.advanceTimersByTimeAsync(2_000)
  server.changeElsewhere('flour\nmilk')
  writer.write({ title: 'Plan', body: 'flour\nbutter' })
  await vi.advanceTimersByTimeAsync(2_000)
  server.changeElsewhere('flour\nmilk\nsalt')
  writer.keepMine()
  await vi.advanceTimersByTimeAsync(100)
  expect(writer.read().state).toMatchObject({ status: 'conflict', theirs: { body: 'flour\nmilk\nsalt' } })

  writer.mergeTheirs()
  // A second press has no effect, and the other device saves again.
  writer.mergeTheirs()
  expect(writer.read().text.body).toBe('flour\nbutter\nmilk\nsalt')
  server.changeElsewhere('flour\nmilk\nsalt\neggs')
  await vi.advanceTimersByTimeAsync(100)
  expect(writer.read().state).toMatchObject({ status: 'conflict' })
  writer.mergeTheirs()
  expect(writer.read().text.body).toBe('flour\nbutter\nmilk\nsalt\neggs')
  await vi.advanceTimersByTimeAsync(100)
  expect(writer.read().state).toEqual({ status: 'saved', source: 'here' })
  expect(server.stored()).toMatchObject({ body: 'flour\nbutter\nmilk\nsalt\neggs' })
})

test('note writer: after a new log-in, a save without a response is still no conflict', async () => {
  const { server, writer } = startWriter()
  for (const body of ['First', 'Second']) {
    server.next = ['lost response']
    writer.write({ title: 'Plan', body })
    await vi.advanceTimersByTimeAsync(1_500)
    server.isSignedOut = true
    writer.write({ title: 'Plan', body: `${body}, and more` })
    await vi.advanceTimersByTimeAsync(5_000)
    expect(writer.read().state).toEqual({ status: 'signed-out' })
    server.isSignedOut = false
    writer.resume()
    await vi.advanceTimersByTimeAsync(5_000)
    expect(writer.read().state).toEqual({ status: 'saved', source: 'here' })
    expect(server.stored()).toMatchObject({ body: `${body}, and more` })
  }
  expect(server.notes).toHaveLength(1)
})

test('note writer: a discarded version can be restored until the user types again', async () => {
  const { server, writer } = startWriter()
  writer.write({ title: 'Plan', body: 'flour' })
  await vi.advanceTimersByTimeAsync(2_000)
  server.changeElsewhere('flour\nmilk')
  const mine = { title: 'Plan', body: 'flour\nbutter' }
  writer.write(mine)
  await vi.advanceTimersByTimeAsync(2_000)
  writer.takeTheirs()
  writer.refresh(server.changeElsewhere('flour\nmilk\nsalt'))
  expect(writer.read()).toMatchObject({ text: { body: 'flour\nmilk\nsalt' }, state: { discarded: mine } })
  writer.markRemoved()
  expect(writer.read().state).toEqual({ status: 'removed', discarded: mine })
  writer.write(mine)
  expect(writer.read()).toMatchObject({ text: mine, state: { status: 'removed' } })
})

const text = fc.constantFrom('', 'one', 'two', 'three', 'four')
const step = fc.oneof(
  fc.record({ kind: fc.constant('type' as const), title: text, body: text }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 5_000 }) }),
  fc.record({ kind: fc.constant('save' as const) }),
  // The session ends, and the user logs in again later.
  fc.record({ kind: fc.constant('new session' as const), afterMs: fc.integer({ min: 0, max: 10_000 }) }),
  fc.record({ kind: fc.constant('delay' as const), ms: fc.integer({ min: 0, max: 3_000 }) }),
  fc.record({
    kind: fc.constant('trouble' as const),
    next: fc.array(
      fc.constantFrom<Fault>('lost request', 'lost response', {
        reason: 'UNAVAILABLE',
        retryAfterSeconds: 2,
      }),
      { maxLength: 3 },
    ),
  }),
)

test('note writer: after any lost requests and responses, one note has the last text, without a conflict', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const { server, writer } = startWriter()
      for (const each of steps) {
        if (each.kind === 'type') writer.write({ title: each.title, body: each.body })
        if (each.kind === 'wait') await vi.advanceTimersByTimeAsync(each.ms)
        if (each.kind === 'save') void writer.save()
        if (each.kind === 'new session') {
          server.isSignedOut = true
          await vi.advanceTimersByTimeAsync(each.afterMs)
          server.isSignedOut = false
          writer.resume()
        }
        if (each.kind === 'delay') server.delayMs = each.ms
        if (each.kind === 'trouble') server.next = each.next
        expect(['conflict', 'removed', 'rejected']).not.toContain(writer.read().state.status)
      }
      writer.write({ title: 'Last', body: 'Typed at the end' })
      server.next = []
      await vi.advanceTimersByTimeAsync(300_000)
      expect(server.notes).toHaveLength(1)
      expect(server.stored()).toMatchObject({ title: 'Last', body: 'Typed at the end' })
      expect(writer.isUnsaved).toBe(false)
      expect(server.maxInFlight).toBeLessThanOrEqual(1)
    }),
    { numRuns: 200, seed: 20_261_130 },
  )
})

test.each([
  ['a new note', false],
  ['a stored note', true],
])(
  '%s whose page crashes during a save: the next page continues, without a conflict and without a copy',
  async (_name, isStored) => {
    const { server, writer } = startWriter()
    if (isStored) {
      writer.write({ title: 'Plan', body: '' })
      await vi.advanceTimersByTimeAsync(2_000)
    }
    server.delayMs = 500
    writer.write({ title: 'Plan', body: 'A' })
    await vi.advanceTimersByTimeAsync(1_300)
    writer.write({ title: 'Plan', body: 'AB' })
    const kept = structuredClone(writer.unsaved())
    writer.drop()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.stored()).toMatchObject({ body: 'A' })

    const next = startWriter({ server, kept })
    expect(next.writer.key).toBe(writer.key)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(next.writer.read()).toMatchObject({ text: { body: 'AB' }, state: { status: 'saved' } })
    expect(server.notes).toMatchObject([{ title: 'Plan', body: 'AB' }])
  },
)
