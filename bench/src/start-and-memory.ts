// Measures the time of `npm start`, the memory of an idle server, and what event streams cost; see
// bench/README.md. Linux only.
import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { emptyTestDatabase, freePort } from '@app/router/testing/databases'
import { reply, startProgram } from './child-program.ts'
import { cpuMsOfConnections, stopMeasuring } from './connection-cpu-time.ts'
import { cpuMicrosOf } from './cpu-time.ts'
import { median } from './figures.ts'
import { callBench, signUpForBench } from './sign-up-for-bench.ts'
import { compareCalls, createSubject } from './start-and-memory-calls.ts'
import { memoryOf, startBuiltServer } from './start-and-memory-server.ts'
import type { BuiltServer } from './start-and-memory-server.ts'
import { printMachine } from './timed-calls.ts'
import { targetOf } from './verdict.ts'

const { values } = parseArgs({
  options: {
    /** `sqlite`, or `postgres`: new databases at TEST_POSTGRES_URL. */
    database: { type: 'string', default: 'sqlite' },
    /** Without `start` it builds nothing. */
    measure: { type: 'string', multiple: true, default: ['start', 'idle', 'streams'] },
    starts: { type: 'string', default: '5' },
    streams: { type: 'string', default: '10000' },
    step: { type: 'string', default: '5000' },
    /** How many streams one session has. */
    perSession: { type: 'string', default: '5' },
    /** At each step, so many calls a second, of each server by turns for so many seconds, so often. */
    requestsPerSecond: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '25' },
    /** How long an idle server was up. After 10 s the sender of mails has looked for some. */
    idleSeconds: { type: 'string', default: '12' },
    logins: { type: 'string', default: '30' },
    /** How long the CPU time of all streams is measured. */
    restSeconds: { type: 'string', default: '15' },
  },
})
const [starts, streams, step] = [Number(values.starts), Number(values.streams), Number(values.step)]
const [perSession, logins] = [Number(values.perSession), Number(values.logins)]
const { database: kind } = values
if (kind !== 'sqlite' && kind !== 'postgres')
  throw new Error(`--database must be sqlite or postgres, not ${kind}.`)
const unknownMeasure = values.measure.find((name) => !['start', 'idle', 'streams'].includes(name))
if (unknownMeasure !== undefined)
  throw new Error(`--measure must be start, idle or streams, not ${unknownMeasure}.`)
const comparison = {
  rounds: Number(values.rounds),
  requestsPerSecond: Number(values.requestsPerSecond),
  seconds: Number(values.seconds),
}
await using databases = new AsyncDisposableStack()
databases.defer(stopMeasuring)
const newDatabase = async () => databases.use(await emptyTestDatabase(kind)).url
const urls = { start: await newDatabase(), quiet: await newDatabase(), streams: await newDatabase() }
const [port, quietPort] = await Promise.all([freePort(), freePort()])
printMachine()

if (values.measure.includes('start')) await measureStarts()
if (values.measure.includes('idle')) await measureIdle()
if (values.measure.includes('streams')) await measureStreams()

function start(
  on: number,
  database: keyof typeof urls,
  settings: Record<string, string>,
): Promise<BuiltServer> {
  return startBuiltServer(on, { DATABASE_URL: urls[database], ...settings })
}

async function measureStarts(): Promise<void> {
  // The first one builds, and creates the database.
  await measureStart()
  const startTimes: number[] = []
  for (let count = 0; count < starts; count += 1) startTimes.push(await measureStart())
  print('start, median', median(startTimes), 'ms', 1_000)
}

async function measureStart(): Promise<number> {
  await using server = await startBuiltServer(port, { DATABASE_URL: urls.start }, ['npm', 'start'])
  return server.startMs
}

async function measureIdle(): Promise<void> {
  await using server = await start(port, 'start', { LIMITS: 'relaxed' })
  await sleep(Number(values.idleSeconds) * 1_000)
  printMemory('idle', server, 90)
  const url = `http://127.0.0.1:${port}`
  await signUpForBench(url, 'bench')
  const credentials = { username: 'bench', password: 'a stopwatch and a lock' }
  for (let count = 0; count < logins; count += 1) await callBench(url, 'auth.login', credentials)
  await sleep(2_000)
  printMemory(`after ${logins} log-ins`, server)
}

/** Calls of a server without streams and of one with them, by turns. */
async function measureStreams(): Promise<void> {
  const settings = {
    LIMITS: 'relaxed',
    PASSWORD_HASH_COST: '4',
    EVENT_STREAMS: String(Math.max(100, streams)),
  }
  const [metricsPort, quietMetricsPort] = await Promise.all([freePort(), freePort()])
  const metrics = { METRICS_PORT: String(metricsPort) }
  const quietMetrics = { METRICS_PORT: String(quietMetricsPort) }
  await using quiet = await start(quietPort, 'quiet', { ...settings, ...quietMetrics })
  await using server = await start(port, 'streams', { ...settings, ...metrics })
  const url = `http://127.0.0.1:${port}`
  const subjects = [await createSubject(quiet, quietMetricsPort), await createSubject(server, metricsPort)]
  const cookies: string[] = []
  while (cookies.length * perSession < streams) cookies.push(await signUpForBench(url, `u${cookies.length}`))
  const before = memoryOf(server.pid).residentMb
  const clients = startProgram('start-and-memory-streams.ts', [String(port), String(perSession)])
  // The clients of a real server have other processors, so these give way to the server.
  setPriority(clients.pid ?? 0, constants.priority.PRIORITY_LOW)
  clients.send(cookies)
  await reply(clients)
  for (let count = step; count <= streams; count += step) {
    clients.send(count)
    const open = await reply(clients)
    const { residentMb } = memoryOf(server.pid)
    console.log(`${String(open).padStart(6)} streams: ${residentMb.toFixed(0)} MB`)
    await compareCalls(subjects, comparison)
  }
  const restSeconds = Number(values.restSeconds)
  const [cpuBefore, databaseBefore] = [cpuMicrosOf([server.pid]), await cpuMsOfConnections(urls.streams)]
  await sleep(restSeconds * 1_000)
  const micros = (cpuMicrosOf([server.pid]) - cpuBefore) / restSeconds / streams
  const databaseMs = (await cpuMsOfConnections(urls.streams)) - databaseBefore
  const ofDatabase = ((databaseMs * 1_000) / restSeconds / streams).toFixed(1)
  const after = memoryOf(server.pid).residentMb
  print(`${streams} streams`, after, 'MB', 1_000)
  console.log(
    `one stream: ${(((after - before) * 1_024) / streams).toFixed(1)} KB, ${micros.toFixed(1)} µs of CPU a second${kind === 'postgres' ? `, and ${ofDatabase} µs of PostgreSQL` : ''}`,
  )
  clients.disconnect()
}

function printMemory(name: string, { pid }: BuiltServer, target?: number): void {
  const { residentMb, ownMb } = memoryOf(pid)
  print(name, residentMb, 'MB', target)
  console.log(`${''.padEnd(20)} ${ownMb.toFixed(0)} MB of it are not pages of files`)
}

function print(name: string, figure: number, unit: string, target?: number): void {
  const verdict = target === undefined ? '' : `, ${targetOf(figure, 'below', target, unit)}`
  console.log(`${name.padEnd(20)} ${figure.toFixed(0)} ${unit}${verdict}`)
}
