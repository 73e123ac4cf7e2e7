// Tests whether the time of a response reveals that an address or user name is known: requests for recovery,
// log-ins and sign-ups with known and unknown ones, compared by a two-sample test. `--plant lookup` delays
// requests for known accounts by several times the usual time; then the test must find a difference.
import { signupInput } from '@app/contract/testing'
import { addressOf, knownUsers, unknownUsers } from './address-timing-users.ts'
import { reply, startProgram } from './child-program.ts'
import { median } from './figures.ts'
import { rankSum } from './rank-sum.ts'
import { createTimedClient, printMachine, readTimingOptions } from './timed-calls.ts'
import { endTimingTest, timingVerdict } from './timing-verdict.ts'
import type { TimingVerdict } from './timing-verdict.ts'

const { samples, warmup, cost, plant } = readTimingOptions(['lookup'])

interface Subject {
  name: string
  procedure: string
  status: number
  input(username: string, round: number): object
}

const subjects: readonly Subject[] = [
  {
    name: 'recovery by user name',
    procedure: 'recovery.request',
    status: 200,
    input: (username) => ({ identifier: username }),
  },
  {
    name: 'recovery by address',
    procedure: 'recovery.request',
    status: 200,
    input: (username) => ({ identifier: addressOf(username) }),
  },
  {
    name: 'log-in by address',
    procedure: 'auth.login',
    status: 401,
    input: (username) => ({ username: addressOf(username), password: 'not the password' }),
  },
  {
    name: 'sign-up with address',
    procedure: 'auth.signup',
    status: 200,
    input: (username, round) =>
      signupInput({
        username: `new-${username}-${round + warmup}`,
        password: 'a stopwatch and a lock',
        email: addressOf(username),
      }),
  },
]
/** The comparisons share the usual level of significance, 1 %. */
const significant = 0.01 / subjects.length

const server = startProgram('address-timing-server.ts', [cost, plant])
const client = createTimedClient(Number(await reply(server)))

const timesMs = new Map(
  subjects.map((subject) => [subject, { known: [] as number[], unknown: [] as number[] }]),
)
/** The last times of responses that no plant delays. */
let usualMs: number[] = []
for (let round = -warmup; round < samples; round += 1) {
  for (const [{ procedure, status, input }, times] of timesMs) {
    const kinds = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const kind of kinds) {
      const username = (kind === 'known' ? knownUsers : unknownUsers).at(round % 10) ?? ''
      const ms = await client.call({ procedure, status, input: input(username, round) })
      if (round >= 0) times[kind].push(ms)
      if (kind === 'unknown') usualMs = [...usualMs.slice(-20), ms]
    }
  }
  if (plant === 'lookup') await setLookupMs(3 * median(usualMs))
}
client.close()
server.disconnect()

printMachine()
console.log(`bcrypt cost ${cost}, ${samples} calls of each kind, plant: ${plant}\n`)
const verdicts: TimingVerdict[] = []
for (const [{ name }, { known, unknown }] of timesMs) {
  const { p } = rankSum(known, unknown)
  const [ofKnown, ofUnknown] = [median(known), median(unknown)]
  const verdict = timingVerdict(p, significant)
  verdicts.push(verdict)
  console.log(
    `${name.padEnd(22)} known ${ofKnown.toFixed(2)} ms, unknown ${ofUnknown.toFixed(2)} ms, ratio ${(ofKnown / ofUnknown).toFixed(3)}, p = ${p.toPrecision(2)}: ${verdict}`,
  )
}
endTimingTest(verdicts)

/**
 * Sets how long the planted lookup works. The time follows the load of the machine, which varies the times of
 * all responses.
 */
async function setLookupMs(ms: number): Promise<void> {
  server.send(ms)
  await reply(server)
}
