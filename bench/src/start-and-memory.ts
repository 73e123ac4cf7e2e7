// Measures the time of `npm start`, the memory of an idle server, and what event streams cost; see
// bench/README.md. Linux only.
import { mkdtempDisposableSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { freePort } from '@app/router/testing'
import { reply, startProgram } from './child-program.ts'
import { cpuMicrosOf } from './cpu-time.ts'
import { percentile } from './report.ts'
import { callBench, signUpForBench } from './sign-up-for-bench.ts'
import { memoryOf, npmStart } from './start-and-memory-server.ts'
import type { NpmServer } from './start-and-memory-server.ts'
import { requestAtFixedRate } from './storm-fixed-rate.ts'
import type { SharedTarget } from './storm-fixed-rate.ts'
import { printMachine } from './timed-calls.ts'

const { values } = parseArgs({
  options: {
    starts: { type: 'string', default: '5' },
    streams: { type: 'string', default: '10000' },
    step: { type: 'string', default: '1000' },
    /** How many streams one session has. */
    perSession: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    /** How long an idle server was up. After 10 s the sender of mails has looked for some. */
    idleSeconds: { type: 'string', default: '12' },
    /** How often the calls beside all streams are measured, each time for so many seconds. */
    lastRounds: { type: 'string', default: '15' },
    /** How long the CPU time of all streams is measured. */
    restSeconds: { type: 'string', default: '15' },
  },
})
const [starts, streams, step] = [Number(values.starts), Number(values.streams), Number(values.step)]
const [perSession, seconds] = [Number(values.perSession), Number(values.seconds)]
using folder = mkdtempDisposableSync(path.join(tmpdir(), 'bench-'))
const ports = await Promise.all([freePort(), freePort()])
const [port, quietPort] = ports
printMachine()

// The first one builds, and creates the database.
await measureStart()
const startTimes: number[] = []
for (let count = 0; count < starts; count += 1) startTimes.push(await measureStart())
print('start, median', percentile(Float64Array.from(startTimes).toSorted(), 0.5), 1_000, 'ms')
await measureIdle()
await measureStreams()

function start(name: string, on: number, settings: Record<string, string> = {}): Promise<NpmServer> {
  return npmStart(on, { DATABASE_URL: `file:${folder.path}/${name}.db`, ...settings })
}

async function measureStart(): Promise<number> {
  await using server = await start('start', port)
  return server.startMs
}

async function measureIdle(): Promise<void> {
  await using server = await start('idle', port, { LIMITS: 'relaxed' })
  await sleep(Number(values.idleSeconds) * 1_000)
  printMemory('idle', server, 90)
  const url = `http://127.0.0.1:${port}`
  await signUpForBench(url, 'bench')
  const credentials = { username: 'bench', password: 'a stopwatch and a lock' }
  for (let count = 0; count < 30; count += 1) await callBench(url, 'auth.login', credentials)
  await sleep(2_000)
  printMemory('after 30 log-ins', server, 90)
}

/** Calls of a server without streams and of one with them, by turns. */
async function measureStreams(): Promise<void> {
  const settings = {
    LIMITS: 'relaxed',
    PASSWORD_HASH_COST: '4',
    EVENT_STREAMS: String(Math.max(100, streams)),
  }
  await using quiet = await start('quiet', quietPort, settings)
  await using server = await start('streams', port, settings)
  const url = `http://127.0.0.1:${port}`
  const targets = await Promise.all([quiet, server].map(targetOf))
  const cookies: string[] = []
  while (cookies.length * perSession < streams) cookies.push(await signUpForBench(url, `u${cookies.length}`))
  const before = memoryOf(server.pid).residentMb
  const clients = startProgram('start-and-memory-streams.ts', [String(port), String(perSession)])
  clients.send(cookies)
  await reply(clients)
  for (let count = step; count <= streams; count += step) {
    clients.send(count)
    const open = await reply(clients)
    const { residentMb } = memoryOf(server.pid)
    console.log(`${String(open).padStart(6)} streams: ${residentMb.toFixed(0)} MB`)
    await compareCalls(targets, count === streams ? Number(values.lastRounds) : 3)
  }
  const restSeconds = Number(values.restSeconds)
  const cpuBefore = cpuMicrosOf([server.pid])
  await sleep(restSeconds * 1_000)
  const micros = (cpuMicrosOf([server.pid]) - cpuBefore) / restSeconds / streams
  const after = memoryOf(server.pid).residentMb
  print(`${streams} streams`, after, 1_000, 'MB')
  console.log(
    `one stream: ${(((after - before) * 1_024) / streams).toFixed(1)} KB, ${micros.toFixed(1)} µs of CPU a second`,
  )
  clients.disconnect()
}

/** Prints the latencies of calls, and the ratio of the second target's to the first's. */
async function compareCalls(targets: readonly SharedTarget[], rounds: number): Promise<void> {
  const latencies = targets.map((): number[] => [])
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, target] of targets.entries()) {
      const [each = []] = await requestAtFixedRate([target], { requestsPerSecond: 50, seconds })
      latencies[index]?.push(...each)
    }
  }
  for (const [name, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const found = latencies.map((each) => percentile(Float64Array.from(each).toSorted(), share))
    const [quietMs = 0, streamsMs = 0] = found
    console.log(
      `       account.me ${name} ${quietMs.toFixed(2)} ms without, ${streamsMs.toFixed(2)} ms with, ` +
        `ratio ${(streamsMs / quietMs).toFixed(2)}`,
    )
  }
}

async function targetOf(server: NpmServer) {
  const cookie = await signUpForBench(`http://127.0.0.1:${server.port}`, 'caller')
  return { port: server.port, path: '/trpc/account.me', cookies: [cookie], expected: '"username":"caller"' }
}

function printMemory(name: string, { pid }: NpmServer, target: number): void {
  const { residentMb, ownMb } = memoryOf(pid)
  print(name, residentMb, target, 'MB')
  console.log(`${''.padEnd(20)} ${ownMb.toFixed(0)} MB of it are not pages of files`)
}

function print(name: string, figure: number, target: number, unit: string): void {
  const verdict = figure < target ? 'met' : 'not met'
  console.log(`${name.padEnd(20)} ${figure.toFixed(0)} ${unit}, target ${target} ${unit}: ${verdict}`)
}
