import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fetchWithin } from './time-limit.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.stubGlobal('window', {})
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('time limit: a server that sends no headers fails the call, and one that sends its body late does not', async () => {
  await using server = await startServer()
  const silent = fetchWithin(30_000)(server.url).catch((error: unknown) => error)
  const first = await server.nextResponse()
  vi.advanceTimersByTime(30_000)
  expect(await silent).toMatchObject({ name: 'AbortError' })
  first.destroy()

  const late = fetchWithin(30_000)(server.url)
  const second = await server.nextResponse()
  second.write('A slow ')
  const response = await late
  vi.advanceTimersByTime(60_000)
  second.end('line')
  expect(await response.text()).toBe('A slow line')
})

/** Starts a server whose responses the test writes. */
async function startServer() {
  const waiting: ServerResponse[] = []
  const server = createServer((_request, response) => {
    waiting.push(response)
    server.emit('waiting')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async nextResponse(): Promise<ServerResponse> {
      if (waiting.length === 0) await once(server, 'waiting')
      const response = waiting.shift()
      if (response === undefined) throw new TypeError('No request is waiting')
      return response
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
