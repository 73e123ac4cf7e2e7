import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@app/router/testing'
import { expect, test } from 'vitest'
import { testApp } from '../../src/testing/test-app.ts'
import type { TestApp } from '../../src/testing/test-app.ts'
import { post } from '../support/raw-call.ts'
import { openRawConnection } from '../support/raw-connection.ts'
import { missing, startProxy } from '../support/reverse-proxy.ts'
import type { ProxyProgram } from '../support/reverse-proxy.ts'

const workers = 4
const pauseMs = 20

interface Load {
  /** Number of responses by status. */
  readonly statuses: Record<string, number>
  stop(): Promise<void>
}

/** Calls through the proxy on kept connections until it is stopped. */
function keepCalling(url: string): Load {
  const statuses: Record<string, number> = {}
  let isOver = false
  const callRepeatedly = async () => {
    while (!isOver) {
      const status = await fetch(`${url}/trpc/auth.logout`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      }).then(
        (response) => response.arrayBuffer().then(() => String(response.status)),
        (error: unknown) => String(error),
      )
      statuses[status] = (statuses[status] ?? 0) + 1
      await sleep(pauseMs)
    }
  }
  const calling = Array.from({ length: workers }, callRepeatedly)
  return {
    statuses,
    stop: async () => {
      isOver = true
      await Promise.all(calling)
    },
  }
}

for (const program of ['nginx', 'haproxy'] satisfies ProxyProgram[]) {
  const why = missing(program)
  test.skipIf(why !== '')(`a rolling restart behind ${program} loses no request${why}`, async () => {
    const [port, ...ports] = await Promise.all([freePort(), freePort(), freePort()])
    const host = { trustProxy: 1, allowedHosts: [`127.0.0.1:${port}`], drainDelayMs: 800 }
    await using keeper = await testApp()
    const start = (own: number): Promise<TestApp> =>
      testApp({
        databaseUrl: keeper.databaseUrl,
        host: { ...host, port: own },
        settings: { limits: 'relaxed' },
      })
    await using servers = new AsyncDisposableStack()
    const first = await Promise.all(ports.map(start))
    for (const server of first) servers.use(server)
    await using proxy = await startProxy(
      program,
      port,
      ports.map((each) => `127.0.0.1:${each}`),
    )
    const load = keepCalling(proxy.url)
    for (const [index, server] of first.entries()) {
      await server.close()
      const again = servers.use(await start(Number(ports[index])))
      // The proxy has sent it a request.
      await expect.poll(() => again.log.lines.length, { interval: 20 }).toBeGreaterThan(0)
    }
    await load.stop()
    expect(load.statuses).toEqual({ '200': expect.any(Number) })
    expect(load.statuses['200']).toBeGreaterThan(10)
  })
}

test('stopping: /readyz is 503 before the server stops accepting connections', async () => {
  // Two requests are answered during the delay. No other program gets the port after the end.
  await using app = await testApp({ host: { port: await freePort(), drainDelayMs: 2_000 } })
  using kept = await openRawConnection(app.url)
  kept.send(`GET /livez HTTP/1.1\r\nHost: ${kept.host}\r\n\r\n`)
  await kept.until(/alive/)
  const closed = app.close()
  const ready = await fetch(`${app.url}/readyz`)
  expect([ready.status, await ready.text()]).toEqual([503, 'stopping\n'])
  expect(await app.api.auth.session.query()).toBeNull()
  // A connection that is open when the listener closes gets one more response.
  await expect.poll(() => fetch(`${app.url}/livez`).catch(() => 'refused'), { interval: 10 }).toBe('refused')
  kept.send(`GET /livez HTTP/1.1\r\nHost: ${kept.host}\r\n\r\n`)
  expect(await kept.rest()).toContain('Connection: close')
  await closed
  await expect(fetch(`${app.url}/livez`)).rejects.toThrow('fetch failed')
})

test('keep-alive: the server keeps connections for longer than load balancers do', async () => {
  await using app = await testApp()
  const { headers } = await fetch(`${app.url}/livez`)
  expect(headers.get('keep-alive')).toBe('timeout=75')
})

const withoutNginx = missing('nginx')

test.skipIf(withoutNginx !== '')(
  `keep-alive: behind nginx that closes idle connections first, no POST fails${withoutNginx}`,
  async () => {
    const port = await freePort()
    const [nginxMs, serverMs] = [300, 600]
    const host = { trustProxy: 1, allowedHosts: [`127.0.0.1:${port}`], keepAliveMs: serverMs }
    await using app = await testApp({ host, settings: { limits: 'relaxed' } })
    await using proxy = await startProxy('nginx', port, [new URL(app.url).host], nginxMs)
    // Around the end of both, so that a POST meets a connection that is being closed.
    const gapsMs = [-6, -2, 0, 1, 3, 8].flatMap((offMs) => [nginxMs + offMs, serverMs + offMs])
    const statuses = await Promise.all(
      Array.from({ length: 4 }, async (_, client) => {
        const answers: number[] = []
        for (const gapMs of gapsMs) {
          answers.push((await post(proxy.url, 'auth.logout', {})).status)
          await sleep(gapMs + client / 4)
        }
        return answers
      }),
    )
    expect(statuses.flat()).toEqual(Array(48).fill(200))
  },
)

test('connections: beyond the limit of idle ones, the server closes the longest idle one', async () => {
  await using app = await testApp({ connections: { process: 6, idle: 3, address: null } })
  const lines = []
  for (let count = 0; count < 4; count += 1) {
    const line = await openRawConnection(app.url)
    line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`)
    await line.until(/alive/)
    lines.push(line)
  }
  await lines[0]?.rest()
  expect(lines.map(({ socket }) => socket.closed)).toEqual([true, false, false, false])
  for (const line of lines) line[Symbol.dispose]()
})
