import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startWriter } from './fake-notes-server.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('note writer: another device that saved the same text causes no conflict', async () => {
  const { server, writer } = startWriter()
  writer.write({ title: 'Plan', body: 'flour' })
  await vi.advanceTimersByTimeAsync(2_000)
  server.changeElsewhere('flour\nmilk')
  writer.write({ title: 'Plan', body: 'flour\nmilk' })
  await vi.advanceTimersByTimeAsync(2_000)
  expect(writer.read()).toMatchObject({ base: { revision: 2 }, state: { status: 'saved' } })
})

test('note writer: a version that is read during a save does not replace the text', async () => {
  const { server, writer } = startWriter()
  writer.write({ title: 'Plan', body: 'flour' })
  await vi.advanceTimersByTimeAsync(2_000)
  server.delayMs = 500
  writer.write({ title: 'Plan', body: 'flour\nmilk' })
  await vi.advanceTimersByTimeAsync(1_300)
  // Undone while the save is on its way.
  writer.write({ title: 'Plan', body: 'flour' })
  const stored = server.stored()
  if (stored === undefined) throw new TypeError('Nothing is stored')
  writer.refresh({ ...stored, body: 'flour\nmilk', revision: 2 })
  writer.markRemoved()
  expect(writer.read()).toMatchObject({ text: { body: 'flour' }, state: { status: 'saved' } })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(server.stored()).toMatchObject({ body: 'flour', revision: 3 })
})

test('note writer: reports no save after it was dropped, at a log-out or with its note', async () => {
  const { server, writer, saved } = startWriter()
  writer.write({ title: 'Plan', body: 'flour' })
  server.delayMs = 500
  const ended = writer.save()
  writer.drop()
  await vi.advanceTimersByTimeAsync(5_000)
  await ended
  expect(server.requests).toBe(1)
  expect(saved).toEqual([])
})
