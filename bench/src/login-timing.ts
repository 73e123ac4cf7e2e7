// Tests whether the time of a failed log-in reveals that an account exists: shuffled log-ins with a wrong
// password, compared by a two-sample test. `--plant no-dummy-hash` removes the hash that equalises their
// times; then the test must find a difference.
import { reply, startProgram } from './child-program.ts'
import { median } from './figures.ts'
import { usernames } from './login-timing-usernames.ts'
import type { Kind } from './login-timing-usernames.ts'
import { rankSum } from './rank-sum.ts'
import { createTimedClient, printMachine, readTimingOptions } from './timed-calls.ts'
import { endTimingTest, timingVerdict } from './timing-verdict.ts'
import type { TimingVerdict } from './timing-verdict.ts'

const { samples, warmup, cost, plant } = readTimingOptions(['no-dummy-hash'])
/** Three comparisons share the usual level of significance, 1 %. */
const significant = 0.01 / 3

const server = startProgram('login-timing-server.ts', [cost, plant])
const client = createTimedClient(Number(await reply(server)))

const kinds = ['known', 'unknown', 'disabled', 'older'] as const satisfies readonly Kind[]
const timesMs: Record<Kind, number[]> = { known: [], unknown: [], disabled: [], older: [] }
for (let round = -warmup; round < samples; round += 1) {
  // Each round has one log-in of each kind in random order.
  for (const kind of shuffled(kinds)) {
    const input = { username: usernames[kind].at(round % 10) ?? '', password: 'not the password' }
    const ms = await client.call({ procedure: 'auth.login', status: 401, input })
    if (round >= 0) timesMs[kind].push(ms)
  }
}
client.close()
server.disconnect()

printMachine()
console.log(`bcrypt cost ${cost}, ${samples} log-ins of each kind, plant: ${plant}\n`)
for (const kind of kinds) console.log(`${kind.padEnd(10)} median ${median(timesMs[kind]).toFixed(2)} ms`)
const verdicts: TimingVerdict[] = []
for (const kind of ['unknown', 'disabled', 'older'] as const) {
  const { medianDifference, p } = rankSum(timesMs[kind], timesMs.known)
  const verdict = timingVerdict(p, significant)
  verdicts.push(verdict)
  console.log(`${kind} - known: ${medianDifference.toFixed(2)} ms, p = ${p.toPrecision(2)}: ${verdict}`)
}
endTimingTest(verdicts)

function shuffled(given: readonly Kind[]): Kind[] {
  const remaining = [...given]
  return given.flatMap(() => remaining.splice(Math.floor(Math.random() * remaining.length), 1))
}
