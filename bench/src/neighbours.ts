// Measures the latency of other users while three accounts call as much as their limits allow; see
// bench/README.md.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { emptyTestDatabase } from '@app/router/testing/databases'
import { reply, startProgram } from './child-program.ts'
import { percentile } from './figures.ts'
import { signUp, signUpAttackers } from './neighbours-accounts.ts'
import type { AttackReport } from './neighbours-attackers.ts'
import { attackKinds, needsAdmins } from './neighbours-attacks.ts'
import type { AttackingAccount, AttackKind } from './neighbours-attacks.ts'
import type { ServerUsage } from './neighbours-server.ts'
import { requestAtFixedRate } from './storm-fixed-rate.ts'
import type { SharedTarget } from './storm-fixed-rate.ts'
import { verdictOf } from './verdict.ts'

const { values } = parseArgs({
  options: {
    /** A round is idle time and then an attack by new accounts, whose allowances are unused. */
    rounds: { type: 'string', default: '5' },
    /** Of idle time and of attack in each round. */
    seconds: { type: 'string', default: '3' },
    /** Of the other users' reads. */
    rate: { type: 'string', default: '50' },
    /** Of the other users' writes. */
    'write-rate': { type: 'string', default: '20' },
    sessions: { type: 'string', default: '3' },
    connections: { type: 'string', default: '4' },
    /** To how many networks (/24) the attackers belong. */
    networks: { type: 'string', default: '1' },
    /** The attackers ignore Retry-After. */
    impatient: { type: 'boolean', default: false },
    /** Default: all of them in sequence. */
    kind: { type: 'string', multiple: true, default: [...attackKinds] },
    /** `sqlite` or `postgres`: a new database for each attack. Or the URL of an empty one, for one attack. */
    database: { type: 'string', default: 'sqlite' },
    notes: { type: 'string', default: '120' },
    /** Number of additional users. */
    users: { type: 'string', default: '3000' },
    warmup: { type: 'string', default: '2' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const isKind = (kind: string): kind is AttackKind => attackKinds.some((each) => each === kind)
const unknownKind = values.kind.find((kind) => !isKind(kind))
if (unknownKind !== undefined)
  throw new Error(`--kind must be one of ${attackKinds.join(', ')}, not ${unknownKind}.`)
const kinds = values.kind.filter(isKind)
/** The p99 in the attack, as a multiple of the idle one. */
const target = 3
/** Several, because the calls of one are limited. */
const otherUsers = 8

console.log(
  `${values.database}, ${values.sessions} sessions of each of 3 accounts, ${values.connections} connections each${values.impatient ? ', impatient' : ''}, ${rounds} rounds of ${seconds} s idle and ${seconds} s of attack`,
)
console.log(
  [
    'attack',
    ...['read', 'write'].flatMap((call) => [`${call}: idle p50`, 'p99', 'attack p50', 'p99', 'p99 ratio']),
    `target ${target}`,
    'peak MB',
    'answers',
    'MB',
  ].join('\t'),
)
let met = 0
for (const kind of kinds) console.log(await measureOnNewDatabase(kind))
console.log(`target: p99 at most ${target} times idle: met by ${met} of ${kinds.length}`)

async function measureOnNewDatabase(kind: AttackKind): Promise<string> {
  if (values.database !== 'sqlite' && values.database !== 'postgres') return measure(kind, values.database)
  await using database = await emptyTestDatabase(values.database)
  return await measure(kind, database.url)
}

async function measure(kind: AttackKind, databaseUrl: string): Promise<string> {
  const server = startProgram('neighbours-server.ts', [databaseUrl, values.notes, values.users])
  const port = Number(await reply(server))
  const cookies: string[] = []
  for (let count = 0; count < otherUsers; count += 1) cookies.push(...(await signUp(port, `other-${count}`)))
  const attacking: AttackingAccount[][] = []
  const options = { server, port, sessions: Number(values.sessions), areAdmins: needsAdmins(kind) }
  for (let round = 0; round <= rounds; round += 1)
    attacking.push(await signUpAttackers({ ...options, round }))
  const attackers = startProgram('neighbours-attackers.ts', [
    String(port),
    kind,
    values.connections,
    values.networks,
    values.impatient ? 'impatient' : '',
  ])
  await reply(attackers)
  await latenciesOf(port, cookies, Number(values.warmup))
  // The first calls load modules and compile code, which they do once in a process.
  const [first = [], ...others] = attacking
  attackers.send(first)
  await latenciesOf(port, cookies, Number(values.warmup))
  attackers.send('stop')
  await reply(attackers)
  const idle: Latencies[] = []
  const attacked: Latencies[] = []
  const statuses: AttackReport['statuses'] = {}
  let megabytes = 0
  for (const accounts of others) {
    idle.push(await latenciesOf(port, cookies, seconds))
    attackers.send(accounts)
    await sleep(300)
    attacked.push(await latenciesOf(port, cookies, seconds))
    attackers.send('stop')
    // Sound: each program replies to these messages with these types.
    const report = (await reply(attackers)) as AttackReport
    megabytes += report.megabytes
    for (const [status, count] of Object.entries(report.statuses))
      statuses[status] = (statuses[status] ?? 0) + count
  }
  server.send('usage')
  const { maxRssMb } = (await reply(server)) as ServerUsage
  const gone = once(server, 'exit')
  attackers.disconnect()
  server.disconnect()
  await gone
  const figures = (['reads', 'writes'] as const).map((calls) => compare(idle, attacked, calls))
  const verdict = verdictOf(Math.max(...figures.map(({ ratio }) => ratio)), 'at most', target)
  if (verdict === 'met') met += 1
  return [
    kind,
    ...figures.flatMap(({ percentiles, ratio }) => [...percentiles, ratio]).map((each) => each.toFixed(1)),
    verdict,
    maxRssMb.toFixed(0),
    JSON.stringify(statuses),
    megabytes.toFixed(0),
  ].join('\t')
}

/** In ms. */
interface Latencies {
  reads: Float64Array
  writes: Float64Array
}

/** Compares all rounds together. */
function compare(idle: readonly Latencies[], attacked: readonly Latencies[], calls: keyof Latencies) {
  const [before, beside] = [idle, attacked].map((each) =>
    Float64Array.from(each.flatMap((round) => [...round[calls]])).toSorted(),
  ) as [Float64Array, Float64Array]
  const percentiles = [before, beside].flatMap((each) => [percentile(each, 0.5), percentile(each, 0.99)])
  return { percentiles, ratio: percentile(beside, 0.99) / percentile(before, 0.99) }
}

/** Other users read and write at their rates for a time. */
async function latenciesOf(port: number, cookies: readonly string[], forSeconds: number): Promise<Latencies> {
  const expected = '"username":"other'
  const read: SharedTarget = { port, path: '/trpc/account.me', cookies, expected }
  // Each name differs from the last one, so that each call writes.
  const body = (count: number) => ({ name: `Other ${count}` })
  const write: SharedTarget = { port, path: '/trpc/account.updateProfile', cookies, expected, body }
  const measureAt = async (call: SharedTarget, rate: string) => {
    const pace = { requestsPerSecond: Number(rate), seconds: forSeconds }
    const [latenciesMs = new Float64Array()] = await requestAtFixedRate([call], pace)
    return latenciesMs
  }
  const [reads, writes] = await Promise.all([
    measureAt(read, values.rate),
    measureAt(write, values['write-rate']),
  ])
  return { reads, writes }
}
