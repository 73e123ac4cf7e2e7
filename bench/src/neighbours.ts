// Measures another user's latency while three accounts call as much as their limits allow; see
// bench/README.md.
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { signupInput } from '@app/contract/testing'
import { reply, startProgram } from './child-program.ts'
import type { AttackReport } from './neighbours-attackers.ts'
import { attackKinds } from './neighbours-attacks.ts'
import type { AttackKind } from './neighbours-attacks.ts'
import type { ServerUsage } from './neighbours-server.ts'
import { percentile } from './report.ts'
import { cookiesOf, openConnection, post } from './storm-connection.ts'
import { requestAtFixedRate } from './storm-fixed-rate.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    rate: { type: 'string', default: '50' },
    sessions: { type: 'string', default: '3' },
    connections: { type: 'string', default: '4' },
    /** To how many networks (/24) the attackers belong. */
    networks: { type: 'string', default: '1' },
    /** Default: all of them in sequence. */
    kind: { type: 'string', multiple: true, default: [...attackKinds] },
    /** Default: a temporary SQLite file. */
    database: { type: 'string', default: '' },
    notes: { type: 'string', default: '120' },
    /** Number of additional users. */
    users: { type: 'string', default: '3000' },
    warmup: { type: 'string', default: '2' },
  },
})
const seconds = Number(values.seconds)
const rate = { requestsPerSecond: Number(values.rate), seconds }
const isKind = (kind: string): kind is AttackKind => attackKinds.some((each) => each === kind)
const kinds = values.kind.filter(isKind)

console.log(
  `${values.database === '' ? 'SQLite' : 'PostgreSQL'}, ${values.sessions} sessions of each of 3 accounts, ${values.connections} connections each`,
)
console.log(
  ['attack', 'idle p50', 'p99', 'attack p50', 'p99', 'p99 ratio', 'peak MB', 'answers', 'MB'].join('\t'),
)
for (const kind of kinds) console.log(await measure(kind))

async function measure(kind: AttackKind): Promise<string> {
  const server = startProgram('neighbours-server.ts', [values.database, values.notes, values.users])
  const port = Number(await reply(server))
  const cookies = await signUp(port, 'other', 4)
  const target = { port, path: '/trpc/account.me', cookies, expected: '"username":"other' }
  const accounts: string[][] = []
  for (let count = 0; count < 3; count += 1) {
    const username = `attacker-${count}`
    accounts.push(await signUp(port, username, Number(values.sessions)))
    server.send(username)
    await reply(server)
  }
  const attackers = startProgram('neighbours-attackers.ts', [
    String(port),
    kind,
    values.connections,
    values.networks,
    JSON.stringify(accounts),
  ])
  await reply(attackers)
  await requestAtFixedRate([target], { ...rate, seconds: Number(values.warmup) })
  const [idle = new Float64Array()] = await requestAtFixedRate([target], rate)
  attackers.send('begin')
  await sleep(300)
  const [attacked = new Float64Array()] = await requestAtFixedRate([target], rate)
  attackers.send('stop')
  // Sound: each program replies to these messages with these types.
  const { statuses, megabytes } = (await reply(attackers)) as AttackReport
  server.send('usage')
  const { maxRssMb } = (await reply(server)) as ServerUsage
  const gone = once(server, 'exit')
  attackers.disconnect()
  server.disconnect()
  await gone
  const figures = [idle, attacked].flatMap((each) => [percentile(each, 0.5), percentile(each, 0.99)])
  const ratio = percentile(attacked, 0.99) / percentile(idle, 0.99)
  const cells = [...figures, ratio].map((each) => each.toFixed(1))
  return [kind, ...cells, maxRssMb.toFixed(0), JSON.stringify(statuses), megabytes.toFixed(0)].join('\t')
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
