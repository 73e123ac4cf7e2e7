import { execFileSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import path from 'node:path'
import { repositoryRoot } from '@app/router'
import { isInstalled } from '@app/router/testing'
import { expect, test } from 'vitest'
import { connectionLimits, limitConnections } from '../../src/http/connection-limits.ts'
import { createHttpServer } from '../../src/http/http-server.ts'
import { createLog } from '../../src/log.ts'
import { closeServer } from '../../src/process/close-server.ts'
import { listen } from '../../src/process/listen.ts'
import { testApp } from '../../src/testing/test-app.ts'
import { testLog } from '../../src/testing/test-log.ts'
import { exchange, openRawConnection } from '../support/raw-connection.ts'
import { dataFolder, mainProgram, startServer } from '../support/server-process.ts'

const answersIn = (text: string) => text.split('HTTP/1.1 ').length - 1

test.each([
  ['/livez', 200],
  ['/trpc/auth.session', 200],
])('pipelined requests for %s: only the first one runs', async (path, status) => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  line.send(`GET ${path} HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`.repeat(5_000))
  const text = await line.rest()
  expect(answersIn(text)).toBe(1)
  expect(text).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(app.log.lines.filter(({ msg }) => msg === 'request')).toHaveLength(1)
})

test('connections: sequential requests share one', async () => {
  await using app = await testApp()
  using line = await openRawConnection(app.url)
  for (let count = 1; count <= 3; count += 1) {
    line.send(`GET /livez HTTP/1.1\r\nHost: ${line.host}\r\n\r\n`)
    await line.until(new RegExp(`(alive[^]*){${count}}`))
  }
  expect(line.socket.closed).toBe(false)
})

/** Opens `count` connections from one address. @returns those that the server left open */
async function open(url: string, count: number, localAddress: string): Promise<Socket[]> {
  const { host, port } = new URL(url)
  const sockets = Array.from({ length: count }, () =>
    connect({ port: Number(port), host: '127.0.0.1', localAddress }).on('error', () => undefined),
  )
  await Promise.all(sockets.map((socket) => firstOf(socket, 'connect', 'close')))
  // The server has seen a connection once it has answered on it or closed it.
  for (const socket of sockets) socket.write(`GET /livez HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await Promise.all(sockets.map((socket) => firstOf(socket, 'data', 'close')))
  return sockets.filter((socket) => !socket.closed)
}

function firstOf(socket: Socket, ...events: string[]): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve()
    for (const event of events) socket.once(event, () => resolve())
  })
}

test('connections: limits those of an address and of the process, and frees closed ones', async () => {
  await using app = await testApp({ connections: { process: 6, idle: 6, address: 4 } })
  const one = await open(app.url, 10, '127.0.0.2')
  expect(one).toHaveLength(4)
  const other = await open(app.url, 10, '127.0.0.3')
  expect([...one, ...other].filter(({ closed }) => !closed)).toHaveLength(6)
  const refusals = () => app.log.lines.filter(({ msg }) => msg === 'connections are rejected')
  expect(refusals()).toMatchObject([{ level: 'warn', limit: 4, of: 'address' }])
  for (const socket of [...one, ...other]) socket.destroy()
  await expect.poll(async () => (await open(app.url, 1, '127.0.0.3')).length).toBe(1)
  expect(refusals()).toHaveLength(1)
})

test('connections: a failure to accept is logged once, as is its end, and the server keeps serving', async () => {
  const log = testLog()
  const server = createHttpServer((_request, response) => void response.end(), {
    headers: {},
    log: createLog('silent'),
  })
  limitConnections(server, {
    limits: { process: 10, idle: 10, address: 10 },
    log: createLog('info', log),
    quietMs: 0,
  })
  const port = await listen(server, { port: 0, host: '127.0.0.1' })
  for (let count = 0; count < 3; count += 1) {
    server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }))
  }
  expect(await open(`http://127.0.0.1:${port}`, 2, '127.0.0.2')).toHaveLength(2)
  expect(log.lines).toMatchObject([
    { level: 'warn', code: 'EMFILE', msg: 'connections are rejected' },
    { level: 'warn', rejected: 3, msg: 'connections are accepted again' },
  ])
  await closeServer(server, { deadlineMs: 0, lingerMs: 0 })
})

test.skipIf(!isInstalled('prlimit'))(
  'connections: a shortage of open files is logged, answers to open ones go on, and it ends with them',
  async () => {
    using folder = dataFolder()
    await using server = startServer({ DATABASE_URL: folder.databaseUrl })
    const url = await server.url()
    const { pid } = server.child
    const ofReadiness = () => exchange(url, 'GET /readyz HTTP/1.1')
    expect(await ofReadiness()).toMatch(/ready\s*$/)
    const spare = 10
    const files = readdirSync(`/proc/${pid}/fd`).length + spare
    execFileSync('prlimit', [`--pid=${pid}`, `--nofile=${files}:${files}`])

    const [wanted, line] = [60, /"code":"EMFILE","msg":"connections are rejected"/g]
    const held = await open(url, wanted, '127.0.0.2')
    expect(held.length).toBeGreaterThan(0)
    expect(held.length).toBeLessThan(wanted / 2)
    expect(server.out().match(line)).toHaveLength(1)
    for (const socket of held) socket.destroy()

    // Reported with the first connection after ten seconds without a rejected one.
    const again = /"rejected":(\d+),"msg":"connections are accepted again"/
    const answered = async () => {
      for (const socket of await open(url, 1, '127.0.0.3')) socket.destroy()
      return server.out()
    }
    await expect.poll(answered, { interval: 500, timeout: 60_000 }).toMatch(again)
    expect(Number(again.exec(server.out())?.[1])).toBeGreaterThanOrEqual(wanted - held.length)
    expect(await ofReadiness()).toMatch(/ready\s*$/)
    expect(server.out().match(line)).toHaveLength(1)
  },
  120_000,
)

test('connections: a server that may not open any file but its own accepts connections', async () => {
  using folder = dataFolder()
  const envFile = path.join(folder.path, 'env')
  writeFileSync(envFile, '')
  const readable = [repositoryRoot, folder.path].map((each) => `--allow-fs-read=${each}`)
  const permissions = ['--permission', '--allow-worker', '--allow-addons', ...readable]
  const node = [...permissions, `--allow-fs-write=${folder.path}`, mainProgram]
  await using server = startServer({ DATABASE_URL: folder.databaseUrl, ENV_FILE: envFile }, [], node)
  expect(await exchange(await server.url(), 'GET /livez HTTP/1.1')).toMatch(/alive\s*$/)
  expect(server.out()).not.toContain('connections are rejected')
})

test('connections: behind a proxy no address has a limit, and the process reserves files for itself', () => {
  expect(connectionLimits(0, 2_000).address).toBe(256)
  expect(connectionLimits(1, 2_000).address).toBeNull()
  expect(connectionLimits(0, 2_000).process).toBeLessThanOrEqual(4_000)
  expect(connectionLimits(0, 100).process).toBeLessThanOrEqual(2_100)
})

test('connections: a network that uses all of them does not block another network', async () => {
  await using app = await testApp({ connections: { process: 8, idle: 8, address: 4 } })
  const flood = [...(await open(app.url, 4, '127.0.2.1')), ...(await open(app.url, 4, '127.0.2.2'))]
  expect(await open(app.url, 3, '127.0.3.1')).toHaveLength(3)
  await expect.poll(() => flood.filter(({ closed }) => closed).length).toBe(3)
  for (const socket of flood) socket.destroy()
})
