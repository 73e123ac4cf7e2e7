// Measures the throughput of one, two and three servers behind nginx on one PostgreSQL, and `account.me`
// beside one prepared select on as many connections to PostgreSQL as it has to a server; see bench/README.md.
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { emptyTestDatabase, freePort, onServer } from '@app/router/testing/databases'
import { cpuMicrosOf } from './cpu-time.ts'
import { percentile } from './figures.ts'
import { load } from './load.ts'
import { startNginx } from './many-servers-nginx.ts'
import { printScale } from './many-servers-report.ts'
import type { ScaleRound } from './many-servers-report.ts'
import { openSelects } from './prepared-select.ts'
import { signUpForBench } from './sign-up-for-bench.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '24' },
    /** DATABASE_POOL_READ and DATABASE_POOL_WRITE of each server. */
    pool: { type: 'string', default: '10' },
  },
})
const [rounds, seconds] = [Number(values.rounds), Number(values.seconds)]
/** Of one account, a server runs at most 4 calls at the same time. */
const users = 8
const connections = Math.max(users, Number(values.connections))

await using database = await emptyTestDatabase('postgres')
const [single = 0, two = 0, three = 0, ...ports] = await Promise.all(Array.from({ length: 6 }, freePort))
const server = fileURLToPath(new URL('../../apps/server/dist/main.js', import.meta.url))
using running = new DisposableStack()
const servers = ports.map((port) => {
  const child = running.adopt(startServer(port), (each) => void each.kill('SIGKILL'))
  return { port, child }
})
// The first one migrates the database.
for (const each of servers) await untilReady(each)
await using nginx = await startNginx(
  new Map([
    [single, ports.slice(0, 1)],
    [two, ports.slice(0, 2)],
    [three, ports],
  ]),
)
const cookies = await Promise.all(
  Array.from({ length: users }, (_, user) => signUpForBench(`http://127.0.0.1:${ports[0]}`, `bench${user}`)),
)

const subjects = new Map<string, { port: number; rounds: ScaleRound[] }>([
  ['1 server, without proxy', { port: ports[0] ?? 0, rounds: [] }],
  ['1 server behind nginx', { port: single, rounds: [] }],
  ['2 servers behind nginx', { port: two, rounds: [] }],
  ['3 servers behind nginx', { port: three, rounds: [] }],
])
const selects: ScaleRound[] = []
for (const { port } of subjects.values()) await measure(port, seconds)
for (let round = 0; round < rounds; round += 1) {
  for (const subject of subjects.values()) subject.rounds.push(await measure(subject.port, seconds))
  selects.push(await measureSelects())
}

console.log(`Node ${process.version}, ${process.platform} ${process.arch}, ${cpus()[0]?.model ?? 'unknown'}`)
console.log(
  `${availableParallelism()} cores, load average ${loadavg()[0]?.toFixed(1)}, shared by servers, nginx, PostgreSQL and load`,
)
console.log(
  `account.me, ${connections} connections, ${users} accounts, ${rounds} rounds of ${seconds} s, pools of ${values.pool}\n`,
)
console.log(printScale(new Map([...subjects].map(([name, each]) => [name, each.rounds])), selects))

function startServer(port: number): ChildProcess {
  return spawn(process.execPath, [server], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      ENV_FILE: '/dev/null',
      PORT: String(port),
      // Names the cookie for all servers, whatever their port is.
      PUBLIC_URL: 'http://localhost:8087',
      ALLOWED_HOSTS: [single, two, three].map((proxy) => `127.0.0.1:${proxy}`).join(),
      DATABASE_URL: database.url,
      DATABASE_POOL_READ: values.pool,
      DATABASE_POOL_WRITE: values.pool,
      AUTH_SECRETS: 'a secret that only these benchmarks share',
      PASSWORD_HASH_COST: '4',
      LIMITS: 'relaxed',
      SIGNUP: 'open',
    },
  })
}

/** @throws Error when the server ends before it is ready */
async function untilReady({ port, child }: { port: number; child: ChildProcess }): Promise<void> {
  for (;;) {
    const ended = child.exitCode ?? child.signalCode
    if (ended !== null)
      throw new Error(
        `A server ended with ${ended}. Is it built? Run \`npm run bench -- many-servers\`, which builds.`,
      )
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
    if (answer?.status === 200) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function measure(port: number, duration: number): Promise<ScaleRound> {
  const before = await cpuTimes()
  const begun = performance.now()
  const path = '/trpc/account.me?batch=1&input=%7B%7D'
  const loads = cookies.map((cookie, user) =>
    load(
      { port, path, cookie, expected: `"username":"bench${user}"` },
      { connections: Math.floor(connections / users), seconds: duration },
    ),
  )
  const latencies = Float64Array.from((await Promise.all(loads)).flatMap((each) => [...each])).toSorted()
  const tookSeconds = (performance.now() - begun) / 1_000
  return roundOf(latencies.length, tookSeconds, before, await cpuTimes(), latencies)
}

async function measureSelects(): Promise<ScaleRound> {
  await using selecting = await openSelects(database.url, connections)
  const before = await cpuTimes()
  const begun = performance.now()
  const latencies = await selecting.run(seconds)
  const tookSeconds = (performance.now() - begun) / 1_000
  return roundOf(latencies.length, tookSeconds, before, await cpuTimes(), latencies)
}

type CpuTimes = Record<'servers' | 'nginx' | 'postgres' | 'load', number>

async function cpuTimes(): Promise<CpuTimes> {
  const { user, system } = process.cpuUsage()
  return {
    servers: cpuMicrosOf(servers.map(({ child }) => child.pid ?? 0)),
    nginx: cpuMicrosOf([nginx.pid]),
    postgres: cpuMicrosOf(await backends()),
    load: user + system,
  }
}

async function backends(): Promise<number[]> {
  const { rows } = await onServer((client) =>
    client.query<{ pid: number }>('select pid from pg_stat_activity where datname = $1', [
      new URL(database.url).pathname.slice(1),
    ]),
  )
  return rows.map(({ pid }) => pid)
}

function roundOf(
  count: number,
  tookSeconds: number,
  before: CpuTimes,
  after: CpuTimes,
  latencies: Float64Array,
): ScaleRound {
  const of = (part: keyof CpuTimes) => (after[part] - before[part]) / count
  return {
    perSecond: count / tookSeconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuMicros: {
      servers: of('servers'),
      nginx: of('nginx'),
      postgres: of('postgres'),
      load: of('load'),
    },
  }
}
