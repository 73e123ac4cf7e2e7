// Measures the latency of other calls while 64 clients log in without pause; see bench/README.md.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { signupInput } from '@app/contract/testing'
import { emptyTestDatabase } from '@app/router/testing/databases'
import { reply, startProgram } from './child-program.ts'
import type { StormReport } from './storm-clients.ts'
import { cookiesOf, openConnection, post } from './storm-connection.ts'
import { requestAtFixedRate } from './storm-fixed-rate.ts'
import type { SharedTarget } from './storm-fixed-rate.ts'
import { stormOfLogins } from './storm-logins.ts'
import { measureOtherPrograms } from './storm-others.ts'
import { report } from './storm-report.ts'
import type { StormRound } from './storm-report.ts'
import type { Usage } from './storm-server.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '50' },
    clients: { type: 'string', default: '64' },
    cost: { type: 'string', default: '12' },
    impatient: { type: 'boolean', default: false },
    /** See storm-ways.ts. Default: what `npm start` does. */
    way: { type: 'string', default: '' },
    threads: { type: 'string', default: String(Math.max(1, availableParallelism() - 1)) },
    /** Repeats rounds in which other programs used more cores than this, up to ten times as many rounds. */
    calm: { type: 'string', default: '2' },
    /**
     * `calls`: log-ins from many addresses, measured by other calls. `logins`: correct passwords from few
     * addresses, measured by log-ins of other users. Both run on one server, log-ins first.
     */
    attack: { type: 'string', multiple: true, default: ['calls'] },
    addresses: { type: 'string', default: '4' },
    /** HASH_CONCURRENCY. */
    tickets: { type: 'string', default: '' },
    /** `sqlite` or `postgres`: a new database on the server of the tests. */
    database: { type: 'string', default: 'sqlite' },
  },
})
const { cost, threads, way, tickets, database: kind } = values
if (kind !== 'sqlite' && kind !== 'postgres')
  throw new Error(`--database must be sqlite or postgres, not ${kind}.`)
const unknownAttack = values.attack.find((attack) => attack !== 'calls' && attack !== 'logins')
if (unknownAttack !== undefined) throw new Error(`--attack must be calls or logins, not ${unknownAttack}.`)
const seconds = Number(values.seconds)
/** Below the limit of an account, 1,200 a minute. */
const queriesPerSecond = 15
const rate = { requestsPerSecond: Number(values.rate), seconds }

console.log(`database: ${kind}`)
await using database = await emptyTestDatabase(kind)
const server = startProgram('storm-server.ts', [database.url, cost, tickets, way, threads])
const port = Number(await reply(server))
if (values.attack.includes('logins')) {
  const [attackers, addresses] = [Number(values.clients), Number(values.addresses)]
  console.log(await stormOfLogins({ port, seconds, attackers, addresses }))
}
if (values.attack.includes('calls')) await stormBesideCalls()
const gone = once(server, 'exit')
server.disconnect()
await gone

async function stormBesideCalls(): Promise<void> {
  const cookies = await signUpUsers()
  const single = '?batch=1&input=%7B%220%22%3A%7B%7D%7D'
  const target = (at: string, expected: string): SharedTarget => ({ port, path: at, cookies, expected })
  const subjects = {
    'account.me': target(`/trpc/account.me${single}`, '"username":"bench'),
    'account.activity': target(`/trpc/account.activity${single}`, '"event":"'),
    'GET /login': target('/login', '<div id="root">'),
    '/readyz': target('/readyz', 'ready'),
  }
  const targets = Object.values(subjects)
  const impatience = values.impatient ? ['--impatient'] : []
  const clients = startProgram('storm-clients.ts', [
    `--port=${port}`,
    `--clients=${values.clients}`,
    ...impatience,
  ])
  await reply(clients)
  await requestAtFixedRate(targets, { ...rate, seconds: Math.min(3, seconds) })

  const rounds: StormRound[] = []
  const wanted = Number(values.rounds)
  let done = 0
  for (; rounds.length < wanted && done < 10 * wanted; done += 1) {
    const round = await measureRound(targets, clients)
    if ((round.others ?? 0) <= Number(values.calm)) rounds.push(round)
  }
  const { maxRssMb } = await usage()
  clients.kill()

  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, load average ${loadavg()[0]?.toFixed(1)}`,
  )
  console.log(
    `${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown'}, shared by server, storm and measuring`,
  )
  console.log(`hashing: ${way === '' ? 'like npm start' : way}, ${threads} at once, cost ${cost}`)
  console.log(
    `${values.clients} clients ${values.impatient ? 'that ignore Retry-After' : 'that respect Retry-After'}, ` +
      `${values.rounds} rounds of ${seconds} s idle and ${seconds} s storm, ${values.rate} requests/s for each subject\n`,
  )
  console.log(
    `${done - rounds.length} more rounds discarded: other programs used more than ${values.calm} cores\n`,
  )
  console.log(report(Object.keys(subjects), rounds, maxRssMb))
}

async function measureRound(targets: readonly SharedTarget[], clients: ChildProcess): Promise<StormRound> {
  const { pids } = await usage()
  const aloneSeconds = String(Math.min(4, seconds))
  const alone = startProgram('storm-bcrypt-alone.ts', [threads, cost, aloneSeconds])
  const alonePerSecond = Number(await reply(alone))
  const others = measureOtherPrograms([process.pid, clients.pid, ...pids])
  const idle = await requestAtFixedRate(targets, rate)
  clients.send('begin')
  // The first second, in which all clients start together, is not typical.
  await sleep(1_000)
  clients.send('measure')
  const cpuBefore = (await usage()).cpuMicros
  const storm = await requestAtFixedRate(targets, rate)
  const cpuShare = ((await usage()).cpuMicros - cpuBefore) / (seconds * 1e6)
  clients.send('stop')
  // Sound: storm-clients.ts replies to `stop` with this.
  const logins = (await reply(clients)) as StormReport
  return { alonePerSecond, idle, storm, logins, cpuShare, others: others() }
}

/**
 * Signs up as many users as the rate needs within the limit of an account.
 * @returns their cookies
 */
async function signUpUsers(): Promise<string[]> {
  const cookies: string[] = []
  while (cookies.length * queriesPerSecond < 2 * rate.requestsPerSecond) {
    // Sign-ups of one address are limited too.
    const connection = openConnection(port, `127.8.${cookies.length}.1`)
    const user = signupInput({ username: `bench${cookies.length}`, password: 'a stopwatch and a lock' })
    const { status, text } = await connection.ask(post(connection, 'auth.signup', user))
    if (status !== 200) throw new Error(text)
    cookies.push(cookiesOf(text))
    connection.close()
  }
  return cookies
}

async function usage(): Promise<Usage> {
  server.send('usage')
  // Sound: storm-server.ts replies to each message with this.
  return (await reply(server)) as Usage
}
