// Measures the latency of other users while three accounts call as much as their limits allow; see
// bench/README.md.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { signupInput } from '@app/contract/testing'
import { reply, startProgram } from './child-program.ts'
import type { AttackingAccounts, AttackReport } from './neighbours-attackers.ts'
import { attackKinds, readsNotes } from './neighbours-attacks.ts'
import type { AttackKind } from './neighbours-attacks.ts'
import { newDatabase } from './neighbours-database.ts'
import type { ServerUsage } from './neighbours-server.ts'
import { percentile } from './report.ts'
import { cookiesOf, openConnection, post } from './storm-connection.ts'
import { requestAtFixedRate } from './storm-fixed-rate.ts'
import type { SharedTarget } from './storm-fixed-rate.ts'
import { verdictOf } from './verdict.ts'

const { values } = parseArgs({
  options: {
    /** A round is idle time and then an attack by new accounts, whose allowances are unused. */
    rounds: { type: 'string', default: '5' },
    /** Of idle time and of attack in each round. */
    seconds: { type: 'string', default: '3' },
    rate: { type: 'string', default: '50' },
    sessions: { type: 'string', default: '3' },
    connections: { type: 'string', default: '4' },
    /** To how many networks (/24) the attackers belong. */
    networks: { type: 'string', default: '1' },
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
const rate = { requestsPerSecond: Number(values.rate), seconds: Number(values.seconds) }
const isKind = (kind: string): kind is AttackKind => attackKinds.some((each) => each === kind)
const kinds = values.kind.filter(isKind)
/** The p99 in the attack, as a multiple of the idle one. */
const target = 3

console.log(
  `${values.database}, ${values.sessions} sessions of each of 3 accounts, ${values.connections} connections each, ${rounds} rounds of ${values.seconds} s idle and ${values.seconds} s of attack`,
)
console.log(
  [
    'attack',
    'idle p50',
    'p99',
    'attack p50',
    'p99',
    'p99 ratio',
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
  await using database = await newDatabase(values.database)
  return await measure(kind, database.url)
}

async function measure(kind: AttackKind, databaseUrl: string): Promise<string> {
  const notes = readsNotes(kind) ? values.notes : '0'
  const server = startProgram('neighbours-server.ts', [databaseUrl, notes, values.users])
  const port = Number(await reply(server))
  const cookies: string[] = []
  // Several, because the queries of one are limited.
  for (const username of ['other-0', 'other-1', 'other-2', 'other-3'])
    cookies.push(...(await signUp(port, username, 1)))
  const others = { port, path: '/trpc/account.me', cookies, expected: '"username":"other' }
  const attacking: AttackingAccounts[] = []
  for (let round = 0; round < rounds; round += 1) attacking.push(await signUpAttackers(server, port, round))
  const attackers = startProgram('neighbours-attackers.ts', [
    String(port),
    kind,
    values.connections,
    values.networks,
  ])
  await reply(attackers)
  await requestAtFixedRate([others], { ...rate, seconds: Number(values.warmup) })
  const idleMs: number[] = []
  const attackedMs: number[] = []
  const statuses: AttackReport['statuses'] = {}
  let megabytes = 0
  for (const accounts of attacking) {
    idleMs.push(...(await latenciesOf(others)))
    attackers.send(accounts)
    await sleep(300)
    attackedMs.push(...(await latenciesOf(others)))
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
  const [idle, attacked] = [Float64Array.from(idleMs).toSorted(), Float64Array.from(attackedMs).toSorted()]
  const figures = [idle, attacked].flatMap((each) => [percentile(each, 0.5), percentile(each, 0.99)])
  const ratio = percentile(attacked, 0.99) / percentile(idle, 0.99)
  const cells = [...figures, ratio].map((each) => each.toFixed(1))
  const verdict = verdictOf(ratio, 'at most', target)
  if (verdict === 'met') met += 1
  return [kind, ...cells, verdict, maxRssMb.toFixed(0), JSON.stringify(statuses), megabytes.toFixed(0)].join(
    '\t',
  )
}

/** Requests at the rate for a time. @returns the latencies in ms */
async function latenciesOf(others: SharedTarget): Promise<Float64Array> {
  const [latenciesMs = new Float64Array()] = await requestAtFixedRate([others], rate)
  return latenciesMs
}

/** Creates three accounts with notes. @returns the cookies of their sessions */
async function signUpAttackers(
  server: ChildProcess,
  port: number,
  round: number,
): Promise<AttackingAccounts> {
  const accounts: string[][] = []
  for (let count = 0; count < 3; count += 1) {
    const username = `attacker-${round}-${count}`
    accounts.push(await signUp(port, username, Number(values.sessions)))
    server.send(username)
    await reply(server)
  }
  return accounts
}

/** Creates an account. @returns the cookies of its sessions */
async function signUp(port: number, username: string, sessions: number): Promise<string[]> {
  const connection = openConnection(port)
  const cookies: string[] = []
  for (let count = 0; count < sessions; count += 1) {
    const credentials = { username, password: 'a stopwatch and a lock' }
    const call =
      count === 0
        ? post(connection, 'auth.signup', signupInput(credentials))
        : post(connection, 'auth.login', credentials)
    const { status, text } = await connection.ask(call)
    if (status !== 200) throw new Error(text)
    cookies.push(cookiesOf(text))
  }
  connection.close()
  return cookies
}
