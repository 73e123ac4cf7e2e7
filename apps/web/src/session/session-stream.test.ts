import type { Client } from '@app/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { followSession } from './session-stream.ts'

type Subscribe = Client['sessions']['events']['subscribe']
type Input = Parameters<Subscribe>[0]
type Handlers = Required<Parameters<Subscribe>[1]>

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('navigator', {
    onLine: true,
    locks: { request: (_name: string, _options: object, hold: () => Promise<void>) => hold() },
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('session stream: a lost connection resumes after the last event, without a change', async () => {
  const { streams, last, onChange } = follow()
  expect(last().input).toEqual({ lastEventId: 'first' })
  last().start()
  last().send('second')
  expect(onChange).toHaveBeenCalledOnce()
  last().lose()
  await vi.advanceTimersByTimeAsync(6_000)
  expect(streams).toHaveLength(2)
  expect(last().input).toEqual({ lastEventId: 'second' })
  expect(onChange).toHaveBeenCalledOnce()
})

test('session stream: a stream that the server closed is a change, and the next one begins anew', async () => {
  const { streams, last, onChange } = follow()
  last().start()
  last().close()
  await vi.advanceTimersByTimeAsync(0)
  expect(onChange).toHaveBeenCalledOnce()
  await vi.advanceTimersByTimeAsync(6_000)
  expect(streams).toHaveLength(2)
  expect(last().input).toEqual({ lastEventId: undefined })
})

test('session stream: waits longer after each failure, until a stream starts again', async () => {
  const { streams, last } = follow()
  for (let failures = 0; failures < 5; failures += 1) {
    last().lose()
    await vi.advanceTimersByTimeAsync(60_000)
  }
  const before = streams.length
  last().lose()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(streams).toHaveLength(before)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(streams).toHaveLength(before + 1)
  last().start()
  last().lose()
  await vi.advanceTimersByTimeAsync(6_000)
  expect(streams).toHaveLength(before + 2)
})

test('session stream: the network ends a wait', async () => {
  const { streams, last } = follow()
  last().lose()
  await vi.advanceTimersByTimeAsync(0)
  window.dispatchEvent(new Event('online'))
  await vi.advanceTimersByTimeAsync(0)
  expect(streams).toHaveLength(2)
})

/** Follows the session with streams that the test starts and ends. */
function follow() {
  const streams: ReturnType<typeof streamOf>[] = []
  const subscribe = (input: Input, handlers: Handlers) => {
    streams.push(streamOf(input, handlers))
    return { unsubscribe: () => {} }
  }
  const onChange = vi.fn<() => void>()
  // Sound: the stream uses this one procedure.
  const client = { sessions: { events: { subscribe } } } as unknown as Client
  void followSession({ client, firstFingerprint: () => 'first', onChange }, new AbortController().signal)
  return {
    streams,
    onChange,
    last: () => {
      const stream = streams.at(-1)
      if (stream === undefined) throw new TypeError('No stream is open')
      return stream
    },
  }
}

function streamOf(input: Input, handlers: Handlers) {
  const call = (name: keyof Handlers, argument?: unknown) =>
    (handlers[name] as (argument: unknown) => void)(argument)
  return {
    input,
    start: () => call('onStarted'),
    send: (id: string) => call('onData', { id }),
    close: () => call('onComplete'),
    lose: () => call('onConnectionStateChange', { state: 'connecting', error: new Error('lost') }),
  }
}
