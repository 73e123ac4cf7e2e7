// Tests whether the time of a failed log-in reveals that an account exists: shuffled log-ins with a wrong
// password, compared by a two-sample test. `--plant no-dummy-hash` removes the hash that equalises their
// times; then the test must find a difference.
import { Agent, request } from 'node:http'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { reply, startProgram } from './child-program.ts'
import { usernames } from './login-timing-usernames.ts'
import type { Kind } from './login-timing-usernames.ts'
import { medianOf, rankSum } from './rank-sum.ts'

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '200' },
    warmup: { type: 'string', default: '10' },
    cost: { type: 'string', default: '10' },
    plant: { type: 'string', default: 'none' },
  },
})
if (!['none', 'no-dummy-hash'].includes(values.plant))
  throw new Error(`--plant must be none or no-dummy-hash, not ${values.plant}.`)
const samples = Number(values.samples)
/** Three comparisons share the usual level of significance, 1 %. */
const significant = 0.01 / 3

const server = startProgram('login-timing-server.ts', [values.cost, values.plant])
const port = Number(await reply(server))
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

const kinds = ['known', 'unknown', 'disabled', 'older'] as const satisfies readonly Kind[]
const timesMs: Record<Kind, number[]> = { known: [], unknown: [], disabled: [], older: [] }
for (let round = -Number(values.warmup); round < samples; round += 1) {
  // Each round has one log-in of each kind in random order.
  for (const kind of shuffled(kinds)) {
    const ms = await failedLogin(usernames[kind].at(round % 10) ?? '')
    if (round >= 0) timesMs[kind].push(ms)
  }
}
agent.destroy()
server.disconnect()

const [load = 0] = loadavg()
console.log(
  `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, load ${load.toFixed(1)}`,
)
console.log(`bcrypt cost ${values.cost}, ${samples} log-ins of each kind, plant: ${values.plant}\n`)
for (const kind of kinds) console.log(`${kind.padEnd(10)} median ${medianOf(timesMs[kind]).toFixed(2)} ms`)
let isRevealed = false
for (const kind of ['unknown', 'disabled', 'older'] as const) {
  const { medianDifference, p } = rankSum(timesMs[kind], timesMs.known)
  const differs = p < significant
  isRevealed ||= differs
  const verdict = differs ? 'DIFFERENT' : 'no difference'
  console.log(`${kind} - known: ${medianDifference.toFixed(2)} ms, p = ${p.toPrecision(2)}: ${verdict}`)
}
console.log(isRevealed ? 'FAILED: the time reveals whether an account exists' : 'PASSED')
process.exitCode = isRevealed ? 1 : 0

async function failedLogin(username: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>()
  const body = JSON.stringify({ username, password: 'not the password' })
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const startedAt = performance.now()
  const call = request({ port, host: '127.0.0.1', path: '/trpc/auth.login', method: 'POST', headers, agent })
  call.once('error', reject)
  call.once('response', (answer) => {
    if (answer.statusCode !== 401) reject(new Error(`log-in of ${username}: status ${answer.statusCode}`))
    answer.resume()
    answer.once('end', () => resolve(performance.now() - startedAt))
  })
  call.end(body)
  return promise
}

function shuffled(given: readonly Kind[]): Kind[] {
  const remaining = [...given]
  return given.flatMap(() => remaining.splice(Math.floor(Math.random() * remaining.length), 1))
}
