import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../figures.ts'
import type { Round } from '../report.ts'
import { openConnection, postTo } from '../storm-connection.ts'
import { requestAtFixedRate } from '../storm-fixed-rate.ts'
import type { ProtectedCall } from './peers.ts'
import type { RunningPeer } from './start-peer.ts'

/** Sends sign-ups or log-ins, one in flight on each of two connections. */
export async function measureEntries(
  running: RunningPeer,
  kind: 'sign-up' | 'log-in',
  seconds: number,
): Promise<Round> {
  const cpuBefore = running.cpuMicros()
  const begun = performance.now()
  const endsAt = begun + seconds * 1_000
  const latenciesMs: number[] = []
  await Promise.all(
    [0, 1].map((client) => enter(running, kind, client, () => performance.now() < endsAt, latenciesMs)),
  )
  const latencies = Float64Array.from(latenciesMs).toSorted()
  return {
    requestsPerSecond: (latencies.length * 1_000) / (performance.now() - begun),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    cpuMicrosPerRequest: (running.cpuMicros() - cpuBefore) / latencies.length,
  }
}

/** p99 of a protected call alone and while clients log in without pause. */
export interface StormRound {
  idleP99Ms: number
  stormP99Ms: number
  loginsPerSecond: number
}

/** Requests the call at a fixed rate, whether or not earlier responses have arrived. */
export async function measureStorm(
  running: RunningPeer,
  { path, expected }: ProtectedCall,
  { clients, seconds }: { clients: number; seconds: number },
): Promise<StormRound> {
  const rate = { requestsPerSecond: 100, seconds }
  // One user's calls, because the text of a correct response has the name.
  const { username, cookie } = running.users[0] ?? { username: '', cookie: '' }
  const target = { port: running.port, path, cookies: [cookie], expected: expected(username) }
  const [idle = new Float64Array()] = await requestAtFixedRate([target], rate)
  let isOver = false
  const logins: number[] = []
  const storm = Array.from({ length: clients }, (_, client) =>
    enter(running, 'log-in', client, () => !isOver, logins),
  )
  await sleep(Math.min(1_000, seconds * 1_000))
  const before = logins.length
  const [stormy = new Float64Array()] = await requestAtFixedRate([target], rate)
  const loginsPerSecond = (logins.length - before) / seconds
  isOver = true
  await Promise.all(storm)
  return { idleP99Ms: percentile(idle, 0.99), stormP99Ms: percentile(stormy, 0.99), loginsPerSecond }
}

/** Sends requests of one client from its own address until `goesOn` is false. Adds the latencies. */
async function enter(
  { peer, port, users, newUsername }: RunningPeer,
  kind: 'sign-up' | 'log-in',
  client: number,
  goesOn: () => boolean,
  latenciesMs: number[],
): Promise<void> {
  const connection = openConnection(port, `127.0.1.${client + 1}`)
  const username = users[client % users.length]?.username ?? ''
  do {
    const { path, body } = kind === 'log-in' ? peer.logIn(username) : peer.signUp(newUsername())
    const sentAt = performance.now()
    const { status, text } = await connection.ask(postTo(connection, path, body))
    if (status !== 200) throw new Error(`${peer.name}, ${kind}: ${text}`)
    latenciesMs.push(performance.now() - sentAt)
  } while (goesOn())
  connection.close()
}
