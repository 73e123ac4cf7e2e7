// Measures the cost of a signed-in call: `account.me` against an empty tRPC procedure and an empty Express
// route on the same server.
import { availableParallelism, cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { reply, startProgram } from './child-program.ts'
import { percentile } from './figures.ts'
import { load } from './load.ts'
import type { Load, Target } from './load.ts'
import { head, ratio, ratioWithTarget, row } from './report.ts'
import type { Round } from './report.ts'
import { signUpForBench } from './sign-up-for-bench.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '1' },
    warmup: { type: 'string', default: '4' },
    connections: { type: 'string', default: '32' },
  },
})
const rounds = Number(values.rounds)
const settings: Load = { seconds: Number(values.seconds), connections: Number(values.connections) }

// The server gets the flags of Node, such as `--cpu-prof`, too. Its log is written and discarded.
const server = startProgram('server.ts')
const port = Number(await reply(server))
const url = `http://127.0.0.1:${port}`

const username = 'bench'
const cookie = await signUpForBench(url, username)

const single = '?batch=1&input=%7B%7D'
const subject = (at: string, expected: string) => ({
  target: { port, path: at, cookie, expected } satisfies Target,
  rounds: new Array<Round>(),
})
const route = subject('/bench/route', 'null')
const empty = subject(`/bench/trpc/empty${single}`, '"data":null')
const me = subject(`/trpc/account.me${single}`, `"username":"${username}"`)

for (const { target } of [route, empty, me]) {
  await load(target, { ...settings, seconds: Number(values.warmup) })
}
for (let round = 0; round < rounds; round += 1) {
  for (const each of [route, empty, me]) each.rounds.push(await measure(each.target))
}
server.disconnect()

const flags = process.execArgv.length === 0 ? 'none' : process.execArgv.join(' ')
console.log(`Node ${process.version}, flags: ${flags}, ${process.platform} ${process.arch}`)
console.log(`${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, shared by server and load`)
console.log(
  'SQLite, WAL, synchronous=FULL; default settings but LIMITS=relaxed, the log at level info to nowhere',
)
console.log(
  `${settings.connections} connections, ${rounds} interleaved rounds of ${settings.seconds} s, after ${values.warmup} s of warm-up each`,
)
console.log(['', head, row('empty Express route', route.rounds)].join('\n'))
console.log(row('empty tRPC procedure', empty.rounds))
console.log(row('account.me', me.rounds))
console.log('\nmedian (min-max of the rounds)')
console.log(ratio('account.me / empty tRPC procedure', me.rounds, empty.rounds))
console.log(ratio('account.me / empty Express route', me.rounds, route.rounds))
console.log('\naccount.me, as a multiple of the empty Express route')
console.log(
  ratioWithTarget(
    'requests/s of the route',
    [me.rounds, route.rounds, 'requestsPerSecond'],
    'at least',
    [0.7, 1],
  ),
)
console.log(ratioWithTarget('p99 of the route', [me.rounds, route.rounds, 'p99Ms'], 'at most', [3]))

async function measure(target: Target): Promise<Round> {
  const cpuBefore = await serverCpuMicros()
  const begun = performance.now()
  const latencies = await load(target, settings)
  const seconds = (performance.now() - begun) / 1_000
  return {
    requestsPerSecond: latencies.length / seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuMicrosPerRequest: ((await serverCpuMicros()) - cpuBefore) / latencies.length,
  }
}

async function serverCpuMicros(): Promise<number> {
  const response = await fetch(`${url}/bench/cpu`)
  // Sound: the server of this benchmark answers with `process.cpuUsage()`.
  const { user, system } = (await response.json()) as NodeJS.CpuUsage
  return user + system
}
